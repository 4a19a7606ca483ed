import ArgumentParser
import ChatCore
import ChatServer

/// What rooms hold, and what members may say.
struct RoomOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Messages a second that a member may say in the long run; 0: any number.", valueName: "n")
    )
    var messageRate = 10

    @Option(
        help: ArgumentHelp("The longest line a member may send, in bytes, up to 16384; 0: that.", valueName: "bytes")
    )
    var maxLine = 4096

    @Option(help: ArgumentHelp("Rooms at a time; 0: any number.", valueName: "n"))
    var maxRooms = RoomLimits().rooms

    @Option(help: ArgumentHelp("Rooms that one member may be in at a time; 0: any number.", valueName: "n"))
    var maxRoomsPerMember = RoomLimits().roomsPerMember

    @Option(help: ArgumentHelp("Members of one room; 0: any number.", valueName: "n"))
    var maxMembers = RoomLimits().members

    @Option(help: ArgumentHelp("Messages of before that a newcomer is shown, up to 1000.", valueName: "n"))
    var replay = RoomLimits().replay

    /// A byte of it may become three, and with a name before it the line has to fit a segment of a feed, of 64 KiB.
    private static let longestLine = 16 * 1024

    func validate() throws {
        for (option, value) in [
            ("--message-rate", messageRate), ("--max-rooms", maxRooms), ("--max-rooms-per-member", maxRoomsPerMember),
            ("--max-members", maxMembers),
        ] where !(0...1_000_000).contains(value) {
            throw ValidationError("\(option) takes a number from 0 to 1000000")
        }
        guard maxLine == 0 || (64...Self.longestLine).contains(maxLine) else {
            throw ValidationError("--max-line takes 64 to \(Self.longestLine) bytes, or 0")
        }
        guard (0...1000).contains(replay) else { throw ValidationError("--replay takes a number from 0 to 1000") }
    }

    func apply(to limits: inout ServerLimits) {
        limits.messageRate = Int64(messageRate)
        limits.messageBurst = Int64(messageRate) * 10
        limits.lineBytes = maxLine == 0 ? Self.longestLine : maxLine
        limits.rooms.rooms = maxRooms
        limits.rooms.roomsPerMember = maxRoomsPerMember
        limits.rooms.members = maxMembers
        limits.rooms.replay = replay
    }
}

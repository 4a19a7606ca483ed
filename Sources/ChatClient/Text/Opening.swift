internal import ChatCore
internal import ChatWire

/// A name and a room that are asked for before anything is said, and whether they were had: what is meant for one room
/// must not be said in another, nor under another name.
///
/// The protocol of lines does not say which answer is whose, so a harmless question comes last; when it is answered, all
/// before it has been.
struct Opening: Sendable {
    private let name: Nickname?
    private let room: RoomName?
    private var hasName: Bool
    private var hasRoom: Bool
    /// Whether all has been answered.
    private(set) var isOver: Bool

    private static let question = "quit"

    init(name: Nickname?, room: RoomName?) {
        (self.name, self.room) = (name, room)
        (hasName, hasRoom) = (name == nil, room == nil)
        isOver = name == nil && room == nil
    }

    /// What to send. An empty line first, because what our user says may begin like another protocol's greeting.
    var request: String {
        guard !isOver else { return "\n" }
        let wishes = (name.map { "/nick \($0.text)\n" } ?? "") + (room.map { "/join \($0.text)\n" } ?? "")
        return "\n\(wishes)/help \(Self.question)\n"
    }

    /// What was not had; nil if all was.
    var failure: ClientError? {
        if !hasName, let name { return .noName(name) }
        if !hasRoom, let room { return .noEntry(room) }
        return nil
    }

    /// Looks at a line of the server's.
    /// - Returns: whether it is one to show; the answer to the last question is not.
    mutating func shows(_ line: String) -> Bool {
        guard !isOver else { return true }
        if TextCodec.saysName(line) { hasName = true }
        if let room, TextCodec.roomEntered(line) == room { hasRoom = true }
        guard line.hasPrefix("* /\(Self.question)") else { return true }
        isOver = true
        return false
    }
}

public import ChatCore

/// What is asked of the terminal client itself, and of no server.
public enum TerminalCommand: Sendable, Equatable {
    /// Goes to a room that one is in: by name, or by its number in the list. nil: lists them.
    case room(RoomName?)
    case roomNumber(Int)
    /// Facts about the connection.
    case status

    static let specs: [(name: String, arguments: String)] = [("room", "[ROOM]"), ("status", "")]

    /// - Parameter line: as it was typed.
    /// - Returns: nil for all that is a message, or the server's.
    public init?(_ line: String) {
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        switch (words.first?.lowercased(), words.count > 1 ? words[1].trimmed : "") {
        case ("/status", ""): self = .status
        case ("/room", ""): self = .room(nil)
        case ("/room", let argument):
            if let number = Int(argument), number > 0 {
                self = .roomNumber(number)
            } else if let room = try? RoomName(argument) {
                self = .room(room)
            } else {
                return nil
            }
        default: return nil
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        let scalars = unicodeScalars.drop { $0 == " " }
        return String(
            scalars.reversed().drop { $0 == " " }.reversed().reduce(into: "") { $0.unicodeScalars.append($1) }
        )
    }
}

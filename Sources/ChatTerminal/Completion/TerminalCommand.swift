public import ChatCore

/// What is asked of the terminal client itself, and of no server.
public enum TerminalCommand: Sendable, Equatable {
    /// Goes to a room that one is in: by name, or by its number in the list. nil: lists them.
    case room(RoomName?)
    case roomNumber(Int)
    /// The page of the past before the one that was shown last.
    case moreHistory
    /// The same, of what was looked for last.
    case moreFound
    /// Facts about the connection.
    case status
    /// What one of these commands is for.
    case help(String)
    /// It is one of these commands, and used wrongly.
    case problem(CommandProblem)

    static let specs: [(name: String, arguments: String)] = [("room", "[ROOM]"), ("status", "")]
    /// What commands of the table take besides, here.
    static let more = ["history": "[N|more]", "search": "WORDS|more"]

    /// - Parameter line: as it was typed.
    /// - Returns: nil for all that is a message, or the server's.
    public init?(_ line: String) {
        // What has a space before it is said.
        guard line.utf8.first == UInt8(ascii: "/") else { return nil }
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        switch (words.first?.lowercased(), words.count > 1 ? words[1].trimmed : "") {
        case ("/status", ""): self = .status
        case ("/history", "more"): self = .moreHistory
        case ("/search", "more"): self = .moreFound
        case ("/room", ""): self = .room(nil)
        case ("/room", let argument): self = Self.room(argument)
        case ("/help", let argument):
            let name = (argument.hasPrefix("/") ? String(argument.dropFirst()) : argument).lowercased()
            guard Self.specs.contains(where: { $0.name == name }) else { return nil }
            self = .help(name)
        default: return nil
        }
    }

    private static func room(_ argument: String) -> TerminalCommand {
        if let number = Int(argument), number > 0 { return .roomNumber(number) }
        do {
            return .room(try RoomName(argument))
        } catch {
            return .problem(CommandProblem("\(error)", usage: "/room [ROOM]"))
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

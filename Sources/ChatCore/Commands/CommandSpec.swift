/// One command: what it is called, what it takes, who may use it, and how it is read. From these the parser, the help,
/// completion and the README's table are made.
public struct CommandSpec: Sendable {
    /// Who may use it.
    public enum Right: String, Sendable {
        case anybody
        /// Whoever made the room and whom they trust; in the lobby, operators.
        case moderators
        case operators
    }

    /// What it is about.
    public enum Subject: String, Sendable, CaseIterable {
        case speech = "Speech"
        case names = "Names"
        case rooms = "Rooms"
        case view = "What you see"
        case moderation = "Moderation"
        case server = "The server"
    }

    /// Without the slash.
    public let name: String
    /// As one would write them: `NAME [REASON]`.
    public let arguments: String
    public internal(set) var subject = Subject.server
    public let right: Right
    /// What it does, in one line.
    public let summary: String
    /// How many messages it counts for in the sender's allowance: more for what costs others or us more.
    public let cost: Int64

    private let reader: @Sendable (inout Arguments) throws -> Request

    init(
        _ name: String,
        _ arguments: String,
        _ summary: String,
        right: Right = .anybody,
        cost: Int64 = 1,
        read: @escaping @Sendable (inout Arguments) throws -> Request
    ) {
        self.name = name
        self.arguments = arguments
        self.summary = summary
        self.right = right
        self.cost = cost
        reader = read
    }

    /// `/kick NAME [REASON]`.
    public var usage: String { arguments.isEmpty ? "/\(name)" : "/\(name) \(arguments)" }

    /// Reads the arguments. All of them have to be used.
    func read(_ arguments: Arguments) throws(CommandProblem) -> Request {
        var arguments = arguments
        do {
            let request = try reader(&arguments)
            try arguments.end()
            return request
        } catch {
            throw CommandProblem((error as? Arguments.Problem) ?? .other("\(error)"), of: self)
        }
    }
}

extension CommandSpec: Equatable {
    public static func == (one: CommandSpec, other: CommandSpec) -> Bool { one.name == other.name }
}

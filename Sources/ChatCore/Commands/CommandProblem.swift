/// Why a command could not be understood.
public struct CommandProblem: Error, Sendable, Equatable {
    /// What is wrong, as a program can tell it.
    public let cause: Cause
    /// Without the slash; nil if there is no such command.
    public let command: String?
    /// How the command is used; nil if there is no such command.
    public let usage: String?

    /// One clause: what is wrong.
    public var reason: String { cause.description }

    public init(_ cause: Cause, of spec: CommandSpec? = nil) {
        (self.cause, command, usage) = (cause, spec?.name, spec?.usage)
    }

    /// What has words of its own.
    public init(_ reason: String, usage: String?) {
        (cause, command, self.usage) = (.other(reason), nil, usage)
    }

    /// What is wrong. Whoever speaks another language has its own words for it.
    public enum Cause: Error, Sendable, Equatable {
        /// - Parameter near: what was perhaps meant.
        case unknown(String, near: String?)
        /// A space stands before the slash of what nobody shall see.
        case spaceBefore
        case missing(Argument)
        case tooManyWords
        case name(NameProblem)
        case noKey(String)
        case noCode
        case noAddress(String)
        case noDuration(String)
        case notOnOrOff
        case notInRange(Argument, ClosedRange<Int>)
        case tooManyWordsToFind(limit: Int, longest: Int)
        case notYourself
        case other(String)
    }

    /// What a command takes, as it is called in a sentence.
    public enum Argument: String, Sendable, CaseIterable {
        case action = "what you do"
        case text = "the text"
        case search = "what to look for"
        case me
        case name = "the name"
        case key = "the key"
        case room = "the room"
        case onOrOff = "on or off"
        case count = "N"
        case seconds = "SECONDS"
        case password = "the password"
    }
}

extension CommandProblem: CustomStringConvertible {
    public var description: String {
        usage.map { "\(reason); usage: \($0)" } ?? reason
    }
}

extension CommandProblem.Cause: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknown(let name, let near?): "there is no command /\(name); did you mean /\(near)? /help lists all"
        case .unknown(let name, nil): "there is no command /\(name); /help lists all"
        case .spaceBefore: "a command has no space before it; nothing was said"
        case .missing(let argument): "\(argument.rawValue) is missing"
        case .tooManyWords: "there are too many words"
        case .name(let problem): problem.description
        case .noKey(let word): "'\(word)' is no key, which is sha256: and 64 hexadecimal digits"
        case .noCode: "that is no code, which is eight letters and digits"
        case .noAddress(let word): "'\(word)' is no address or range of addresses"
        case .noDuration(let word): "'\(word)' is no duration such as 90s, 10m, 2h or 7d, of ten years at most"
        case .notOnOrOff: "it is on or off"
        case .notInRange(let argument, let range):
            "\(argument.rawValue) is from \(range.lowerBound) to \(range.upperBound)"
        case .tooManyWordsToFind(let limit, let longest):
            "it takes \(limit) words at most, each of \(longest) bytes at most"
        case .notYourself: "you can take back only what you have said yourself"
        case .other(let words): words
        }
    }
}

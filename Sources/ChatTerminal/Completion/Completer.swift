public import ChatCore

/// Guesses what a word is going to be: a name, a command, a room, an argument.
///
/// Names stand in the order in which their bearers were active last. What begins with the word, in whatever case, is
/// offered; if nothing does, what begins so without accents and in letters that look alike.
public struct Completer: Sendable {
    /// What a word can become.
    public struct Candidate: Sendable, Hashable {
        public var text: String
        /// What comes behind it if it is the one.
        public var appendix: String
        /// What it does, if it is a command.
        public var help: String?

        public init(_ text: String, appendix: String = " ", help: String? = nil) {
            (self.text, self.appendix, self.help) = (text, appendix, help)
        }
    }

    /// How many candidates are offered at most.
    public static let most = 100

    /// Whoever is there, the last to have spoken first.
    public var names: [Author]
    public var rooms: [RoomName]
    public var own: Author?
    public var texts: Texts

    public init(names: [Author], rooms: [RoomName], own: Author?, texts: Texts) {
        (self.names, self.rooms, self.own, self.texts) = (names, rooms, own, texts)
    }

    /// - Parameters:
    ///   - before: all that stands before the cursor, the word included.
    ///   - word: what is to be completed: back to the last space.
    /// - Returns: the best first; none if there is nothing to guess.
    public func candidates(before: String, word: String) -> [Candidate] {
        let words = before.dropLast(word.count).split(separator: " ").map(String.init)
        let all: [Candidate]
        if let first = words.first ?? (word.isEmpty ? nil : word), first.hasPrefix("/"), !first.hasPrefix("//") {
            all = words.isEmpty ? commands(word) : arguments(of: first, words.count - 1, word)
        } else if word.hasPrefix("#") {
            all = rooms(word, withSign: true)
        } else if word.hasPrefix("//") {
            all = []
        } else {
            all = names(word, appendix: words.isEmpty ? ": " : " ", withOwn: false)
        }
        return Array(all.prefix(Self.most))
    }

    /// The same for the line editor.
    public func completions(_ request: CompletionRequest) -> [Completion] {
        candidates(before: request.before, word: request.word).map { Completion($0.text, appendix: $0.appendix) }
    }

    /// What to show above the line when several commands are possible: their help. Nothing otherwise.
    public func help(_ request: CompletionRequest) -> [String] {
        let help = candidates(before: request.before, word: request.word).compactMap(\.help)
        return help.count > 1 ? help : []
    }

    // MARK: Kinds

    private func names(_ word: String, appendix: String, withOwn: Bool) -> [Candidate] {
        let others = withOwn ? names : names.filter { $0.member != own?.member }
        return matching(word, others.map(\.label)).map { Candidate($0, appendix: appendix) }
    }

    private func rooms(_ word: String, withSign: Bool) -> [Candidate] {
        let bare = word.hasPrefix("#") ? String(word.dropFirst()) : word
        return matching(bare, rooms.map(\.text)).map { Candidate(withSign ? "#\($0)" : $0) }
    }

    private func commands(_ word: String, withSlash: Bool = true) -> [Candidate] {
        let bare = (word.hasPrefix("/") ? String(word.dropFirst()) : word).lowercased()
        let all = texts.commands.filter { $0.name.hasPrefix(bare) }
        return all.map { command in
            let takesMore = !command.arguments.isEmpty || !withSlash
            let name = withSlash || word.hasPrefix("/") ? "/\(command.name)" : command.name
            return Candidate(name, appendix: takesMore ? " " : "", help: "\(command.usage)  \(command.summary)")
        }
    }

    /// - Parameter index: which argument, from 0.
    private func arguments(of command: String, _ index: Int, _ word: String) -> [Candidate] {
        guard let spec = Argument.list(of: String(command.dropFirst())) else { return [] }
        switch index < spec.count ? spec[index] : spec.last ?? .nothing {
        case .name where index < spec.count: return names(word, appendix: " ", withOwn: true)
        case .room where index < spec.count: return rooms(word, withSign: true)
        case .command where index < spec.count: return commands(word, withSlash: false)
        case .words(let choices) where index < spec.count:
            return choices.filter { $0.hasPrefix(word.lowercased()) }.map { Candidate($0, appendix: "") }
        case .text:
            return word.hasPrefix("#") ? rooms(word, withSign: true) : names(word, appendix: " ", withOwn: false)
        default: return []
        }
    }

    private func matching(_ word: String, _ all: [String]) -> [String] {
        let folded = WordSearch.folded(word)
        let exact = all.filter { WordSearch.folded($0).hasPrefix(folded) }
        return exact.isEmpty ? all.filter { NameKey.begins($0, with: word) } : exact
    }
}

/// What a command takes, as far as it can be guessed.
private enum Argument {
    case name, room, command, text, nothing
    case words([String])

    /// - Returns: nil for what is no command.
    static func list(of command: String) -> [Argument]? {
        if let own = TerminalCommand.specs.first(where: { $0.name == command.lowercased() }) {
            return own.arguments.split(separator: " ").map { kind(of: $0, own.name) }
        }
        guard let spec = CommandTable[command] else { return nil }
        let arguments = TerminalCommand.more[spec.name] ?? spec.arguments
        return arguments.split(separator: " ").map { kind(of: $0, spec.name) }
    }

    private static func kind(of argument: Substring, _ command: String) -> Argument {
        let bare = argument.filter { $0 != "[" && $0 != "]" }
        switch (bare, command) {
        // A new name, an account, and the beginning of a room's name.
        case ("NAME", "nick"), ("NAME", "oper"): return .nothing
        case ("NAME", "rooms"), ("ROOM", _): return .room
        case ("COMMAND", _): return .command
        case ("N|more", _): return .words(["more"])
        case ("TEXT", "topic"), ("WORDS|more", _), ("WORDS", _), ("REASON", _), ("TEXT", _): return .text
        case (_, _) where bare.hasPrefix("NAME"): return .name
        case (_, _) where bare.allSatisfy({ $0.isLowercase || $0 == "|" }):
            return .words(bare.split(separator: "|").map(String.init))
        default: return .nothing
        }
    }
}

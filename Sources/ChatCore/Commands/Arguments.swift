/// What stands behind a command's name, taken word by word.
///
/// Words end at spaces, and only there: a combining mark after a space does not make it another character.
public struct Arguments {
    /// Why an argument cannot be had.
    typealias Problem = CommandProblem.Cause

    private var rest: Substring.UnicodeScalarView

    init(_ text: Substring.UnicodeScalarView) {
        rest = text
        skipSpaces()
    }

    var isEmpty: Bool { rest.isEmpty }

    /// The next word.
    mutating func word(_ what: CommandProblem.Argument) throws(Problem) -> String {
        guard let word = next() else { throw .missing(what) }
        return word
    }

    /// The next word, if there is one.
    mutating func next() -> String? {
        guard !rest.isEmpty else { return nil }
        let word = String(rest.prefix { $0 != " " })
        rest = rest.dropFirst(word.unicodeScalars.count)
        skipSpaces()
        return word
    }

    /// All that is left.
    mutating func text(_ what: CommandProblem.Argument) throws(Problem) -> CleanText {
        guard let text = text() else { throw .missing(what) }
        return text
    }

    /// All that is left, if there is something.
    mutating func text() -> CleanText? {
        guard !rest.isEmpty else { return nil }
        defer { rest = rest.dropFirst(rest.count) }
        let text = CleanText(String(rest))
        return text.isEmpty ? nil : text
    }

    mutating func nickname() throws(Problem) -> Nickname {
        let word = try word(.name)
        do {
            return try Nickname(word)
        } catch {
            throw .name(error)
        }
    }

    mutating func key() throws(Problem) -> KeyFingerprint {
        let word = try word(.key)
        guard let key = KeyFingerprint(word) else {
            throw .noKey(String(word.prefix(80)))
        }
        return key
    }

    mutating func room() throws(Problem) -> RoomName {
        let word = try word(.room)
        do {
            return try RoomName(word)
        } catch {
            throw .name(error)
        }
    }

    mutating func whom() throws(Problem) -> Whom {
        Whom(try word(.name))
    }

    mutating func onOrOff() throws(Problem) -> Bool {
        switch try word(.onOrOff).lowercased() {
        case "on": return true
        case "off": return false
        default: throw .notOnOrOff
        }
    }

    mutating func number(_ what: CommandProblem.Argument, in range: ClosedRange<Int>) throws(Problem) -> Int {
        let word = try word(what)
        guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(word), range.contains(number)
        else {
            throw .notInRange(what, range)
        }
        return number
    }

    /// The next word as a duration, in seconds; if it is none it stays. What begins with a digit is meant to be one.
    mutating func duration() throws(Problem) -> Int? {
        guard let first = rest.first, ("0"..."9").contains(first), let word = next() else { return nil }
        guard let seconds = Period.parse(word) else {
            throw .noDuration(String(word.prefix(16)))
        }
        return seconds
    }

    func end() throws(Problem) {
        guard rest.isEmpty else { throw .tooManyWords }
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == " " }
    }
}

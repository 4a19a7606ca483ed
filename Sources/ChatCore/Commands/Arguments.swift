/// What stands behind a command's name, taken word by word.
///
/// Words end at spaces, and only there: a combining mark after a space does not make it another character.
public struct Arguments {
    /// Why an argument cannot be had.
    struct Problem: Error {
        let reason: String
    }

    private var rest: Substring.UnicodeScalarView

    init(_ text: Substring.UnicodeScalarView) {
        rest = text
        skipSpaces()
    }

    var isEmpty: Bool { rest.isEmpty }

    /// The next word.
    mutating func word(_ what: String) throws(Problem) -> String {
        guard let word = next() else { throw Problem(reason: "\(what) is missing") }
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
    mutating func text(_ what: String) throws(Problem) -> CleanText {
        guard let text = text() else { throw Problem(reason: "\(what) is missing") }
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
        let word = try word("the name")
        do {
            return try Nickname(word)
        } catch {
            throw Problem(reason: error.description)
        }
    }

    mutating func key() throws(Problem) -> KeyFingerprint {
        let word = try word("the key")
        guard let key = KeyFingerprint(word) else {
            throw Problem(reason: "'\(word.prefix(80))' is no key, which is sha256: and 64 hexadecimal digits")
        }
        return key
    }

    mutating func room() throws(Problem) -> RoomName {
        let word = try word("the room")
        do {
            return try RoomName(word)
        } catch {
            throw Problem(reason: error.description)
        }
    }

    mutating func whom() throws(Problem) -> Whom {
        Whom(try word("the name"))
    }

    mutating func onOrOff() throws(Problem) -> Bool {
        switch try word("on or off").lowercased() {
        case "on": return true
        case "off": return false
        default: throw Problem(reason: "it is on or off")
        }
    }

    mutating func number(_ what: String, in range: ClosedRange<Int>) throws(Problem) -> Int {
        let word = try word(what)
        guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(word), range.contains(number)
        else {
            throw Problem(reason: "\(what) is from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The next word as a duration, in seconds; if it is none it stays. What begins with a digit is meant to be one.
    mutating func duration() throws(Problem) -> Int? {
        guard let first = rest.first, ("0"..."9").contains(first), let word = next() else { return nil }
        guard let seconds = Period.parse(word) else {
            throw Problem(
                reason: "'\(word.prefix(16))' is no duration such as 90s, 10m, 2h or 7d, of ten years at most"
            )
        }
        return seconds
    }

    func end() throws(Problem) {
        guard rest.isEmpty else { throw Problem(reason: "there are too many words") }
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == " " }
    }
}

import ChatCore

/// The fields of a request, each read as what it has to be. A field that is null is one that was left out.
struct RequestFields {
    let json: JSON
    /// The longest text, in bytes as it was sent.
    let textLimit: Int

    /// What is wrong with a field.
    struct Problem: Error {
        let code: StructuredError.Code
        let field: String
        let message: String

        /// Whether there is a place in the request to point at.
        var isThere: Bool { code != .missingField }
    }

    // MARK: Names

    func room() throws(Problem) -> RoomName {
        let text = try string("room")
        do {
            return try RoomName(text)
        } catch {
            throw bad("room", error.description)
        }
    }

    func nickname() throws(Problem) -> Nickname {
        let text = try string("nick")
        do {
            return try Nickname(text)
        } catch {
            throw bad("nick", error.description)
        }
    }

    /// A number, or a name. A number that is written as text is taken too, as members without a name are known by it.
    func whom(_ name: String) throws(Problem) -> Whom {
        let value = try required(name)
        if let number = value.whole { return .number(MemberID(number)) }
        let text = value.string.map { CleanText($0).string } ?? ""
        guard !text.isEmpty else { throw bad(name, "it is a uid or a nick") }
        return Whom(text)
    }

    // MARK: Texts

    /// Of any length: names and ids have limits of their own.
    func string(_ name: String) throws(Problem) -> String {
        guard let string = try required(name).string else { throw bad(name, "it is a string") }
        return string
    }

    func text(_ name: String) throws(Problem) -> String {
        let text = try string(name)
        guard text.utf8.count <= textLimit else {
            let message = "`\(name)` has \(text.utf8.count) bytes, and may have \(textLimit)"
            throw Problem(code: .tooLong, field: name, message: message)
        }
        return text
    }

    /// What is said: there has to be something in it besides spaces.
    func speech() throws(Problem) -> CleanText {
        let text = CleanText(try text("text"))
        guard text.string.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else {
            throw bad("text", "there is nothing in it")
        }
        return text
    }

    /// What may be left out; empty it is left out as well.
    func note(_ name: String) throws(Problem) -> CleanText? {
        guard let text = try optional(name, text) else { return nil }
        let note = CleanText(text)
        return note.isEmpty ? nil : note
    }

    /// One word that is only compared, and perhaps shown again.
    func label(_ name: String) throws(Problem) -> String {
        let label = CleanText(try text(name)).string
        guard !label.isEmpty else { throw bad(name, "there is nothing in it") }
        return label
    }

    func prefix() throws(Problem) -> String {
        try optional("prefix", text).map { CleanText($0).string } ?? ""
    }

    // MARK: Others

    func number(_ name: String, in range: ClosedRange<Int> = 0...Int(JSON.largest)) throws(Problem) -> Int {
        guard let number = try required(name).whole, range.contains(Int(number)) else {
            throw bad(name, "it is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return Int(number)
    }

    func sequence(_ name: String) throws(Problem) -> UInt64 { UInt64(try number(name)) }

    func bool(_ name: String) throws(Problem) -> Bool {
        guard let bool = try required(name).bool else { throw bad(name, "it is true or false") }
        return bool
    }

    // MARK: Whether it is there

    func has(_ name: String) -> Bool { json[name].map { $0 != .null } ?? false }

    func optional<Value>(_ name: String, _ read: (String) throws(Problem) -> Value) throws(Problem) -> Value? {
        has(name) ? try read(name) : nil
    }

    func required(_ name: String) throws(Problem) -> JSON {
        guard let value = json[name], value != .null else { throw missing(name) }
        return value
    }

    func missing(_ name: String) -> Problem {
        Problem(code: .missingField, field: name, message: "`\(name)` is missing")
    }

    func bad(_ name: String, _ reason: String) -> Problem {
        Problem(code: .badField, field: name, message: "`\(name)`: \(reason)")
    }
}

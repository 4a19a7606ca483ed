import ChatCore

/// What only some of the requests have.
extension RequestFields {
    func reference() throws(Problem) -> String? {
        guard has("ref") else { return nil }
        guard let ref = json["ref"]?.string, ref.utf8.count <= StructuredRequest.longestReference else {
            throw bad("ref", "it is a string of at most \(StructuredRequest.longestReference) bytes")
        }
        return ref
    }

    func operationName() throws(Problem) -> StructuredOperationName {
        guard let text = try required("op").string else { throw bad("op", "it is a string") }
        if let name = StructuredOperationName(rawValue: text) { return name }
        let called = CleanText(String(text.unicodeScalars.prefix(32))).string
        let near = Nearest.word(to: called.lowercased(), among: StructuredOperationName.allCases.map(\.rawValue))
        throw Problem(
            code: .unknownOperation,
            field: "op",
            message: "there is no op `\(called)`" + (near.map { "; did you mean `\($0)`?" } ?? "")
        )
    }

    func entry() throws(Problem) -> Entry {
        guard !has("after") || !has("last") else { throw bad("last", "it does not go together with `after`") }
        let epoch = try optional("epoch") { name throws(Problem) in
            guard let epoch = Epoch(try string(name)) else { throw bad(name, "it is 16 hexadecimal digits") }
            return epoch
        }
        let session = try optional("session") { name throws(Problem) in
            guard let secret = SessionSecret(try string(name)) else { throw bad(name, "it is 32 hexadecimal digits") }
            return secret
        }
        var start = Entry.Start.now
        if has("after") { start = .after(try sequence("after"), of: epoch) }
        if has("last") { start = .last(min(try number("last"), StructuredRequest.mostMessages)) }
        return Entry(as: has("nick") ? try nickname() : nil, from: start, session: session)
    }

    func past() throws(Problem) -> Past {
        Past(
            after: try optional("after", sequence),
            before: try optional("before", sequence),
            limit: try optional("limit") { name throws(Problem) in try number(name, in: 1...Int(JSON.largest)) }
                ?? Past.usual
        )
    }

    /// Words to look for.
    func searchText() throws(Problem) -> CleanText {
        let text = try speech()
        guard Past(search: text) != nil else {
            let (words, bytes) = (WordSearch.mostWords, WordSearch.longestWord)
            throw bad("text", "it is 1 to \(words) words, each of \(bytes) bytes at most")
        }
        return text
    }

    func messageID(_ name: String) throws(Problem) -> MessageID {
        guard let id = MessageID(try string(name)) else {
            throw bad(name, "it is a string of 1 to \(MessageID.longest) bytes of visible text")
        }
        return id
    }

    func banTarget() throws(Problem) -> BanTarget {
        let given = ["who", "addresses", "key"].filter(has)
        guard let what = given.first else {
            throw Problem(code: .missingField, field: "who", message: "`who`, `addresses` or `key` is missing")
        }
        guard given.count == 1 else { throw bad(given[1], "it does not go together with `\(what)`") }
        if what == "who" { return .member(try whom("who")) }
        if what == "key" { return .key(try key("key")) }
        guard let range = AddressRange(try string("addresses")) else {
            throw bad("addresses", "it is an address, or a range of addresses such as 10.0.0.0/8")
        }
        return .addresses(range)
    }

    func key(_ name: String) throws(Problem) -> KeyFingerprint {
        guard let key = KeyFingerprint(try string(name)) else {
            throw bad(name, "it is `sha256:` and 64 hexadecimal digits")
        }
        return key
    }

    func linkCode(_ name: String) throws(Problem) -> LinkCode {
        guard let code = LinkCode(try string(name)) else { throw bad(name, "it is eight letters and digits") }
        return code
    }

    /// Of a ban or a mute.
    func duration(_ name: String) throws(Problem) -> Int {
        try number(name, in: 1...Period.longest)
    }

    /// Compared as it is.
    func password() throws(Problem) -> String {
        let password = try text("password")
        guard !password.isEmpty else { throw bad("password", "there is nothing in it") }
        return password
    }
}

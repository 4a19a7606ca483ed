public import ChatCore

/// What one is told of keys, names and connections.
extension TextCodec {
    /// One line of the server's own.
    public static func notice(_ text: String) -> String { "* \(text)\n" }

    /// Whether a name that was taken with a key is kept for it; one clause.
    /// - Parameter isTyped: whether its reader types commands.
    public static func reservation(_ reservation: Reservation, isTyped: Bool = true) -> String {
        switch reservation {
        case .kept(let name, let seconds):
            "the name `\(name)` is kept for your key now"
                + (seconds.map { ", until you have not been here for \(Period.text($0))" } ?? "")
                + (isTyped ? "; /release \(name) gives it back" : "")
        case .notKept(let name, .ofOne(let limit)):
            "the name `\(name)` is not kept for your key: \(limit) are already"
                + (isTyped ? "; /status lists them, /release NAME gives one back" : "")
        case .notKept(let name, .ofAll(let limit)):
            "the name `\(name)` is not kept for your key: this server has \(limit) accounts, and cannot have more"
        case .notKept(let name, .today(let limit)):
            "the name `\(name)` is not kept for your key: \(limit) were kept today for those from your address"
        }
    }

    static func verification(of author: Author, _ words: [VerificationWords]) -> String {
        let sets = words.map(\.description).joined(separator: "; or: ")
        return "the words of `\(author.label)`: \(sets); both ends of that connection show the same"
    }

    static func profile(_ profile: Profile) -> String {
        var words = [who(profile.author)]
        if profile.isOperator { words.append("operator") }
        if profile.idle >= 60 { words.append("idle for \(Period.text(profile.idle))") }
        let devices = profile.devices.map { device in
            "*   \(key(device.key)), \(terms(device.terms))\(device.address.map { ", from \($0)" } ?? "")\n"
        }
        return "* \(words.joined(separator: ", "))\n" + devices.joined()
    }

    static func status(_ status: OwnStatus) -> String {
        let others = status.keys > 1 ? ", one of \(status.keys) of your account" : ""
        let names = status.names.isEmpty ? "no name is kept for it" : "kept for it: \(list(status.names))"
        return """
            * you are \(who(status.author))\(status.isOperator ? ", operator" : "")
            * your connection: \(terms(status.terms))
            * your key: \(status.key.map { "\($0)\(others); \(names)" } ?? "none; no name is kept for you")\n
            """
    }

    private static func who(_ author: Author) -> String {
        "`\(author.label)`\(author.isVerified ? " ✓" : "")"
            + (author.name == nil ? "" : " UID:\(author.member.number)")
    }

    private static func key(_ key: KeyFingerprint?) -> String { key?.description ?? "no key" }

    private static func terms(_ terms: TLSTerms?) -> String { terms?.description ?? "unknown" }

    static func list(_ names: [Nickname]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}

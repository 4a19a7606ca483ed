/// The name that a member goes by: 1 to 32 letters and digits of any script, `-`, `_` and `.`.
///
/// Two nicknames are equal when their ``NameKey``s are, so that nobody can pass for somebody else by a letter that looks
/// alike; the text remains as it was written. What is equal can therefore look different: show `text`, and compare names.
public struct Nickname: Hashable, Sendable, CustomStringConvertible {
    /// In NFC. Nothing in it ends a line, moves a cursor or hides, and none of it is syntax.
    public let text: String
    public let key: NameKey

    /// - Parameter raw: as somebody wrote it, without space around it.
    /// - Throws: what is wrong with it.
    public init(_ raw: String) throws(NameProblem) {
        let text = try NameRules.checked(raw)
        guard !NameRules.readsAsNumber(text) else { throw .number }
        let key = NameKey(text)
        guard !Self.reserved.contains(key) else { throw .reserved }
        self.text = text
        self.key = key
    }

    public var description: String { text }

    public static func == (left: Nickname, right: Nickname) -> Bool { left.key == right.key }

    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// Words at the beginning of the server's own lines, words for all or for oneself, and names that claim power.
    private static let reserved = Set(
        [
            "user", "the", "you", "me", "all", "everyone", "server", "system", "operator", "admin", "moderator", "root",
            "conclave", "conclaved", "private", "welcome",
        ].map { NameKey($0) }
    )
}

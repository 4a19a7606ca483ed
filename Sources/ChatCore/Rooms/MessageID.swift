/// What a client calls a message of its own, so that sending it again does not say it twice.
public struct MessageID: Hashable, Sendable, CustomStringConvertible {
    /// 1 to ``longest`` bytes of clean text.
    public let text: String

    /// The longest, in bytes of UTF-8.
    public static let longest = 64

    /// - Returns: nil if it is empty, too long, or holds what ``CleanText`` would not.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.longest, CleanText(text).string == text else { return nil }
        self.text = text
    }

    public var description: String { text }
}

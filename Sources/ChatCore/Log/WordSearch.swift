/// Whether all of some words are found in a message, however they are written: in capitals or small letters, composed or
/// not. A word is found inside of longer ones too, since not all scripts put spaces between them.
public struct WordSearch: Sendable {
    /// Folded.
    public let words: [String]

    /// How many words one search has at most, and how long each is at most, in bytes.
    public static let mostWords = 8
    public static let longestWord = 128

    /// - Parameter words: as they were written.
    public init(_ words: [String]) {
        self.words = words.map(Self.folded)
    }

    public func finds(_ event: Event) -> Bool {
        guard let text = event.body.text else { return false }
        return finds(in: Self.folded(text.string))
    }

    /// - Parameter folded: by ``folded(_:)``.
    public func finds(in folded: String) -> Bool {
        words.allSatisfy { folded.contains($0) }
    }

    /// By which two ways to write the same are the same.
    public static func folded(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.lowercased() : Normalization.nfc(Normalization.nfc(text).lowercased())
    }
}

public import ChatCore

/// Something that is told, of which the parts are known: what are our words, which are names, and what somebody has said.
///
/// Written as an interpolation, in the order of whatever language: `"\(before) is now \(after)"`.
public struct Sentence: Sendable, Equatable, ExpressibleByStringInterpolation {
    public enum Part: Sendable, Equatable {
        /// Ours, or of no importance.
        case words(String)
        case name(Author)
        case room(RoomName)
        /// What somebody has written.
        case quote(CleanText)
    }

    public private(set) var parts: [Part] = []

    public init(_ parts: [Part]) { self.parts = parts }

    public init(stringLiteral words: String) { parts = [.words(words)] }

    public init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

    public static func + (left: Sentence, right: Sentence) -> Sentence { Sentence(left.parts + right.parts) }

    /// The text alone, clean.
    public var string: String {
        let texts = parts.map { part in
            switch part {
            case .words(let words): words
            case .name(let author): author.label
            case .room(let room): "\(room)"
            case .quote(let text): text.string
            }
        }
        return CleanText(texts.joined()).string
    }

    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ words: String) {
            if !words.isEmpty { parts.append(.words(words)) }
        }

        public mutating func appendInterpolation(_ author: Author) { parts.append(.name(author)) }

        public mutating func appendInterpolation(_ room: RoomName) { parts.append(.room(room)) }

        public mutating func appendInterpolation(_ text: CleanText) { parts.append(.quote(text)) }

        public mutating func appendInterpolation(_ words: String) { appendLiteral(words) }

        public mutating func appendInterpolation(_ number: some BinaryInteger) { appendLiteral(String(number)) }

        public mutating func appendInterpolation(_ sentence: Sentence) { parts += sentence.parts }
    }
}

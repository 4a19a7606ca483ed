/// What a text client sent.
public enum TextInput: Sendable, Equatable {
    case request(TextRequest)
    /// A line over the limit, which is skipped.
    case tooLong
    /// The first line was another protocol's greeting.
    case foreign
}

/// The text protocol's way in: bytes to requests.
public struct TextDecoder: Sendable {
    private var framer: LineFramer
    private var isFirst: Bool

    /// - Parameters:
    ///   - lineLimit: the longest line, in bytes without its end.
    ///   - mayBeForeign: whether the first line may be another protocol's greeting, and not what somebody means to say.
    public init(lineLimit: Int = TextCodec.lineLimit, mayBeForeign: Bool = true) {
        framer = LineFramer(limit: lineLimit)
        isFirst = mayBeForeign
    }

    /// The longest line, in bytes without its end.
    public var lineLimit: Int { framer.limit }

    /// Takes the next piece of the stream and calls `found` with each input and its length in bytes, until `found` says
    /// no.
    /// - Returns: how many bytes were taken; the rest must come again.
    public mutating func feed(_ bytes: RawSpan, _ found: (consuming TextInput, Int) -> Bool) -> Int {
        var isFirst = self.isFirst
        defer { self.isFirst = isFirst }
        return framer.feed(bytes) { found(Self.read($0, $1, &isFirst), $1.byteCount) }
    }

    /// The peer has properly said its last: a line without an end counts.
    public mutating func finish(_ found: (TextInput) -> Void) {
        var isFirst = self.isFirst
        framer.finish { found(Self.read($0, $1, &isFirst)) }
        self.isFirst = false
    }

    private static func read(_ kind: LineFramer.Kind, _ line: RawSpan, _ isFirst: inout Bool) -> TextInput {
        defer { isFirst = false }
        if isFirst, ForeignProtocol.speaks(line, isCut: kind == .tooLong) { return .foreign }
        return kind == .tooLong ? .tooLong : .request(TextRequest(line))
    }
}

/// The way in of conclave/1: bytes to requests.
public struct StructuredDecoder: Sendable {
    private var framer: LineFramer
    /// The longest text, in bytes as it was sent.
    public let textLimit: Int

    /// - Parameters:
    ///   - frameLimit: the longest line, in bytes without its end.
    ///   - textLimit: the longest text in it. With escapes a text may take six times as much of its line.
    public init(frameLimit: Int, textLimit: Int) {
        framer = LineFramer(limit: frameLimit)
        self.textLimit = textLimit
    }

    /// The longest line, in bytes without its end.
    public var frameLimit: Int { framer.limit }

    /// Takes the next piece of the stream and calls `found` with each request, or what is wrong with it, and the length
    /// of its line in bytes, until `found` says no. Empty lines are passed over.
    /// - Returns: how many bytes were taken; the rest must come again.
    public mutating func feed(
        _ bytes: RawSpan,
        _ found: (Result<StructuredRequest, RequestProblem>, Int) -> Bool
    ) -> Int {
        let textLimit = textLimit
        return framer.feed(bytes) { kind, line in
            line.isEmpty || found(Self.read(kind, line, textLimit), line.byteCount)
        }
    }

    /// The peer has properly said its last: a line without an end counts.
    public mutating func finish(_ found: (Result<StructuredRequest, RequestProblem>) -> Void) {
        let textLimit = textLimit
        framer.finish { kind, line in
            if !line.isEmpty { found(Self.read(kind, line, textLimit)) }
        }
    }

    private static func read(
        _ kind: LineFramer.Kind,
        _ line: RawSpan,
        _ textLimit: Int
    ) -> Result<StructuredRequest, RequestProblem> {
        switch kind {
        case .line: Result { () throws(RequestProblem) in try StructuredRequest(line, textLimit: textLimit) }
        case .tooLong:
            .failure(
                RequestProblem(ref: nil, StructuredError(.tooLong, "a line may have \(line.byteCount) bytes"))
            )
        }
    }
}

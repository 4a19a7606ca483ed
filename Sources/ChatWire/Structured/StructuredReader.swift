/// A client's side of conclave/1: bytes to what the server says.
public struct StructuredReader: Sendable {
    /// The longest line that a client takes, in bytes: far more than any server of ours sends.
    public static let frameLimit = 4 << 20

    private var framer: LineFramer

    /// - Parameter frameLimit: the longest line, in bytes without its end.
    public init(frameLimit: Int = Self.frameLimit) {
        framer = LineFramer(limit: frameLimit)
    }

    /// Takes the next piece of the stream and calls `found` with each line, or what is wrong with it, until `found` says
    /// no. Empty lines are passed over.
    /// - Returns: how many bytes were taken; the rest must come again.
    public mutating func feed(
        _ bytes: RawSpan,
        _ found: (Result<StructuredFrame, JSONProblem>) -> Bool
    ) -> Int {
        framer.feed(bytes) { kind, line in line.isEmpty || found(Self.read(kind, line)) }
    }

    /// The server has properly said its last: a line without an end counts.
    public mutating func finish(_ found: (Result<StructuredFrame, JSONProblem>) -> Void) {
        framer.finish { kind, line in
            if !line.isEmpty { found(Self.read(kind, line)) }
        }
    }

    private static func read(_ kind: LineFramer.Kind, _ line: RawSpan) -> Result<StructuredFrame, JSONProblem> {
        switch kind {
        case .line: Result { () throws(JSONProblem) in try StructuredFrame(line) }
        case .tooLong: .failure(JSONProblem(at: line.byteCount, "the line is longer than \(line.byteCount) bytes"))
        }
    }
}

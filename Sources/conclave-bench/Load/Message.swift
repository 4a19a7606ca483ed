/// The bytes of one message, or of several that are handed over in one piece: filler, stamp and line end, made once and
/// stamped anew each time.
struct Message {
    private var bytes: [UInt8]
    private let stride: Int

    /// - Parameters:
    ///   - size: bytes of a line without its end; at least ``Stamp/length``.
    ///   - count: how many lines.
    init(size: Int, count: Int = 1) {
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: size) + [UInt8(ascii: "\n")]
        stride = line.count
        bytes = Array(repeatElement(line, count: count).joined())
    }

    /// Stamps the line at `index`.
    mutating func stamp(_ index: Int, _ stamp: Stamp) {
        let end = (index + 1) * stride - 1
        var all = bytes.mutableSpan
        stamp.write(to: &all, endingAt: end)
    }

    /// Lends the first `count` lines.
    func withLines(_ count: Int, _ body: (RawSpan) -> Void) {
        body(bytes.span.bytes.extracting(0..<count * stride))
    }
}

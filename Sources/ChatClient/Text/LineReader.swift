internal import ChatCore
internal import ChatWire
internal import NIOCore

/// Cuts what the server sends into clean lines.
struct LineReader {
    /// Far above what a server of ours sends; what is longer is cut.
    private var framer = LineFramer(limit: 64 * 1024)

    mutating func feed(_ piece: ByteBuffer) -> [CleanText] {
        var lines: [CleanText] = []
        _ = framer.feed(piece.readableBytesSpan) { _, line in
            lines.append(CleanText(line))
            return true
        }
        return lines
    }

    mutating func finish() -> [CleanText] {
        var lines: [CleanText] = []
        framer.finish { _, line in lines.append(CleanText(line)) }
        return lines
    }
}

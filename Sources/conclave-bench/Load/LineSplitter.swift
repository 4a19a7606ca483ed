import Glibc

/// Cuts a stream into lines. Only an unfinished line is kept, and as a rule there is none.
struct LineSplitter {
    private var held: [UInt8] = []

    /// Calls `line` for each line that is complete now, without LF and without the CR before it.
    @inline(__always)
    mutating func feed(_ bytes: RawSpan, _ line: (RawSpan) -> Void) {
        var start = 0
        if !held.isEmpty {
            guard let end = Self.lineFeed(in: bytes, from: 0) else { return keep(bytes) }
            keep(bytes.extracting(0..<end))
            line(Self.withoutCR(held.span.bytes))
            held.removeAll(keepingCapacity: true)
            start = end + 1
        }
        while let end = Self.lineFeed(in: bytes, from: start) {
            line(Self.withoutCR(bytes.extracting(start..<end)))
            start = end + 1
        }
        if start < bytes.byteCount { keep(bytes.extracting(start..<bytes.byteCount)) }
    }

    private mutating func keep(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { held.append(contentsOf: $0) }
    }

    @inline(__always)
    private static func lineFeed(in bytes: RawSpan, from start: Int) -> Int? {
        bytes.withUnsafeBytes { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
            else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    @inline(__always)
    @_lifetime(copy line)
    private static func withoutCR(_ line: RawSpan) -> RawSpan {
        let last = line.byteCount - 1
        guard last >= 0, line.unsafeLoad(fromByteOffset: last, as: UInt8.self) == UInt8(ascii: "\r") else {
            return line
        }
        return line.extracting(0..<last)
    }
}

/// What a message carries so that a receiver can tell whose it is, which it is, and how old it is: the last 29 bytes of
/// its line, whatever the server has put in front.
///
///     ~0007000000190000b5f1c8d2a4e9
///      ^   ^       ^
///      sender      nanoseconds when it was sent, 16 digits
///          sequence number, from 1
struct Stamp: Equatable {
    var sender: UInt16
    var sequence: UInt32
    /// On the monotonic clock of the machine that sent it.
    var nanoseconds: UInt64

    static let length = 1 + 4 + 8 + 16

    init(sender: UInt16, sequence: UInt32, nanoseconds: UInt64) {
        self.sender = sender
        self.sequence = sequence
        self.nanoseconds = nanoseconds
    }

    /// Reads the stamp at the end of a line.
    /// - Parameter line: without its end.
    /// - Returns: nil for a line without a stamp, which is the server's own.
    @inline(__always)
    init?(endOf line: RawSpan) {
        let start = line.byteCount - Self.length
        guard start >= 0, line.unsafeLoad(fromByteOffset: start, as: UInt8.self) == UInt8(ascii: "~"),
            let sender = Hex.decode(Self.eight(line, at: start + 1) << 32 | 0x3030_3030),  // "0000" in front
            let sequence = Hex.decode(Self.eight(line, at: start + 5)),
            let high = Hex.decode(Self.eight(line, at: start + 13)),
            let low = Hex.decode(Self.eight(line, at: start + 21))
        else { return nil }
        self.init(
            sender: UInt16(truncatingIfNeeded: sender),
            sequence: sequence,
            nanoseconds: UInt64(high) << 32 | UInt64(low)
        )
    }

    /// Puts the stamp at the end of a line.
    /// - Parameter end: where the line ends; there must be room before it.
    func write(to bytes: inout MutableSpan<UInt8>, endingAt end: Int) {
        let start = end - Self.length
        bytes[start] = UInt8(ascii: "~")
        Hex.write(UInt64(sender), digits: 4, to: &bytes, at: start + 1)
        Hex.write(UInt64(sequence), digits: 8, to: &bytes, at: start + 5)
        Hex.write(nanoseconds, digits: 16, to: &bytes, at: start + 13)
    }

    /// Eight digits, the first in the lowest byte.
    @inline(__always)
    private static func eight(_ line: RawSpan, at offset: Int) -> UInt64 {
        UInt64(littleEndian: line.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}

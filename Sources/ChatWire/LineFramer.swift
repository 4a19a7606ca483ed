import Glibc

/// Cuts a stream of bytes into lines, however they arrive: in pieces, or many at once.
///
/// A line ends in LF or CRLF, which are not part of it. A line longer than the limit is reported once, as soon as it is,
/// and its rest is skipped; the stream goes on with the next one. At most `limit` + 1 bytes are ever held.
public struct LineFramer: Sendable {
    /// What the framer found.
    public enum Kind: Sendable, Equatable {
        /// A whole line.
        case line
        /// The first `limit` bytes of a line that is longer.
        case tooLong
    }

    /// The longest line, in bytes, without its end.
    public let limit: Int

    private var held: [UInt8] = []
    private var isSkipping = false

    public init(limit: Int) {
        precondition(limit > 0, "a line limit of \(limit)")
        self.limit = limit
    }

    /// Takes the next piece of the stream and calls `found` for each line that it completes, until `found` says no.
    ///
    /// The bytes that `found` gets are good only during that call.
    /// - Returns: how many bytes were taken: all, unless `found` said no; the rest must come again.
    public mutating func feed(_ bytes: RawSpan, _ found: (Kind, RawSpan) -> Bool) -> Int {
        var taken = 0
        while let length = bytes.extracting(droppingFirst: taken).firstNewline {
            let line = bytes.extracting(taken..<taken + length)
            taken += length + 1
            guard complete(with: line, found) else { return taken }
        }
        _ = hold(bytes.extracting(droppingFirst: taken), found)
        return bytes.byteCount
    }

    /// The stream has ended properly: what is left without a line end is the last line.
    public mutating func finish(_ found: (Kind, RawSpan) -> Void) {
        guard !held.isEmpty || isSkipping else { return }
        _ = complete(with: RawSpan()) {
            found($0, $1)
            return false
        }
    }

    /// The end of a line has come; `last` is what arrived of it just now.
    private mutating func complete(with last: RawSpan, _ found: (Kind, RawSpan) -> Bool) -> Bool {
        defer {
            isSkipping = false
            held = []  // and gives the memory back: most connections are idle
        }
        if isSkipping { return true }
        if held.isEmpty { return emit(last, found) }
        let goesOn = hold(last, found)
        return isSkipping ? goesOn : emit(held.span.bytes, found)
    }

    private func emit(_ line: RawSpan, _ found: (Kind, RawSpan) -> Bool) -> Bool {
        let line = line.droppingLastCarriageReturn
        return line.byteCount > limit ? found(.tooLong, line.extracting(first: limit)) : found(.line, line)
    }

    /// Keeps the beginning of a line. One byte over the limit is allowed for, as it may be half of a CRLF.
    private mutating func hold(_ piece: RawSpan, _ found: (Kind, RawSpan) -> Bool) -> Bool {
        guard !isSkipping, !piece.isEmpty else { return true }
        let room = limit + 1 - held.count
        piece.extracting(first: room).withUnsafeBytes { held.append(contentsOf: $0) }
        guard piece.byteCount > room || held.count > limit && held.last != UInt8(ascii: "\r") else { return true }
        isSkipping = true
        defer { held = [] }
        return found(.tooLong, held.span.bytes.extracting(first: limit))
    }
}

extension RawSpan {
    /// The place of the first LF.
    fileprivate var firstNewline: Int? {
        withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, let found = memchr(start, 0x0A, bytes.count) else { return nil }
            return UnsafeRawPointer(found) - start
        }
    }

    fileprivate var droppingLastCarriageReturn: RawSpan {
        @_lifetime(copy self)
        get {
            guard !isEmpty, unsafeLoad(fromByteOffset: byteCount - 1, as: UInt8.self) == UInt8(ascii: "\r") else {
                return self
            }
            return extracting(droppingLast: 1)
        }
    }
}

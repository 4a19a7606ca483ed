import TLS

/// The buffers that all links of a thread share, so that an idle link owns none.
final class LinkBuffers {
    /// Where sessions put ciphertext; empty between calls of a ``Link``.
    let output = TLSOutput()

    static let size = 64 * 1024

    // Raw memory, so that nothing is cleared or allocated for a read. Nobody else gets hold of it: what is handed out
    // are spans, which end with the call.
    private let ciphertext = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
    private let plaintext = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)

    deinit {
        ciphertext.deallocate()
        plaintext.deallocate()
    }

    /// Lets `fill` put ciphertext into the buffer, and `use` read as much of it as `fill` says.
    /// - Returns: what `fill` returned; if that is negative nothing is used.
    @inline(__always)
    func receive(_ fill: (UnsafeMutableRawBufferPointer) -> Int, _ use: (RawSpan) -> Void) -> Int {
        let count = fill(ciphertext)
        if count >= 0 { use(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: ciphertext[..<count]))) }
        return count
    }

    /// Takes as many steps as give plaintext and find room, and lets `use` read the plaintext of them all.
    /// - Returns: the last step.
    @inline(__always)
    func decrypt(_ session: TLSSession, _ use: (RawSpan) -> Void) -> TLSStep {
        var room = OutputRawSpan(buffer: plaintext, initializedCount: 0)
        var step: TLSStep
        repeat { step = session.advance(into: &room) } while step.isPlaintext && room.freeCapacity > 0
        let count = room.finalize(for: plaintext)
        if count > 0 { use(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: plaintext[..<count]))) }
        return step
    }
}

extension TLSStep {
    var isPlaintext: Bool {
        if case .plaintext = self { true } else { false }
    }
}

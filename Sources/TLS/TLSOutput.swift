internal import COpenSSL

/// Where sessions put the ciphertext that is to be sent.
///
/// One output may serve all sessions of a thread, if whoever drives them takes the bytes after each call: an idle
/// connection then owns no buffer at all.
public final class TLSOutput {
    let storage: UnsafeMutablePointer<COpenSSL_Output>

    public init() {
        storage = .allocate(capacity: 1)
        storage.initialize(to: COpenSSL_Output())
    }

    deinit {
        COpenSSL_Output_clear(storage)
        storage.deallocate()
    }

    /// How many bytes wait.
    public var count: Int { storage.pointee.length }

    public var isEmpty: Bool { count == 0 }

    /// Hands over all that waits and forgets it. The bytes are good only inside `body`, which must not call a session.
    public func take<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        let waiting = UnsafeRawBufferPointer(start: storage.pointee.bytes, count: storage.pointee.length)
        storage.pointee.length = 0
        return try body(RawSpan(_unsafeBytes: waiting))
    }
}

@available(*, unavailable)
extension TLSOutput: Sendable {}

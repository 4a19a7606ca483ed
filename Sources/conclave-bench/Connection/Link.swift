import Glibc
import TLS

/// One TLS connection on a non-blocking socket, watched by a poller: the least that is needed between the two.
///
/// Ciphertext that the socket does not take is kept here, without a limit, and only as long as there is some does the
/// poller watch for writing.
final class Link {
    /// How a connection ended.
    enum End: Equatable, CustomStringConvertible {
        /// The peer has said close_notify.
        case closed
        case failed(TLSError)
        /// The socket failed, with this errno.
        case system(Int32)

        var description: String {
            switch self {
            case .closed: "the server has closed the connection"
            case .failed(let error): "\(error)"
            case .system(let errno): String(cString: strerror(errno))
            }
        }
    }

    let session: TLSSession
    /// Why there is nothing more to read; nil while there may be.
    private(set) var end: End?

    private let socket: CInt
    private let key: Int
    private let poller: Poller
    private var unsent: [UInt8] = []
    private var sentOfUnsent = 0
    private var isWatchedForWriting = false
    private var isFinishing = false
    private var isGone = false

    /// Takes over the socket, and has it watched under `key`.
    init(_ socket: CInt, key: Int, session: TLSSession, poller: Poller) throws(BenchError) {
        (self.socket, self.key, self.session, self.poller) = (socket, key, session, poller)
        try poller.add(socket, key: key)  // if this throws, deinit closes the socket
    }

    deinit { drop() }

    var isEstablished: Bool { session.isEstablished }

    // MARK: In

    /// Reads once from the socket, hands on what plaintext came of it, and sends what the session answers. It is all
    /// that has to be done when the socket is readable.
    @inline(__always)
    func receive(_ buffers: LinkBuffers, _ plaintext: (RawSpan) -> Void) {
        guard !isGone, end == nil else { return }
        let count = buffers.receive { buffer in
            recv(socket, buffer.baseAddress, buffer.count, 0)
        } _: { ciphertext in
            if ciphertext.isEmpty { session.endInput() }
            session.reading(ciphertext) { advance(buffers, plaintext) }
        }
        if count < 0, errno != EAGAIN, errno != EINTR { end = .system(errno) }
        flush(buffers)
    }

    /// Never reads again, nor sees how the connection ends; it may still send.
    func stopReading() {
        poller.remove(socket)
    }

    /// A client begins the handshake by this.
    func begin(_ buffers: LinkBuffers) {
        session.reading(RawSpan()) { advance(buffers) { _ in } }
        flush(buffers)
    }

    @inline(__always)
    private func advance(_ buffers: LinkBuffers, _ plaintext: (RawSpan) -> Void) {
        while true {
            let step: TLSStep
            if session.isEstablished {
                step = buffers.decrypt(session, plaintext)
            } else {
                var nowhere = OutputRawSpan()
                step = session.advance(into: &nowhere)
            }
            switch step {
            case .established, .plaintext: continue
            case .wait: return
            case .closed: return end = .closed
            case .failed(let error): return end = .failed(error)
            }
        }
    }

    // MARK: Out

    /// Encrypts `plaintext` and sends it, or keeps what the socket does not take.
    func send(_ plaintext: RawSpan, _ buffers: LinkBuffers) {
        guard !isGone else { return }
        do { try session.send(plaintext) } catch { end = end ?? .failed(error) }
        flush(buffers)
    }

    /// Says close_notify and FIN: we have said all. The peer may go on.
    func finish(_ buffers: LinkBuffers) {
        guard !isGone else { return }
        isFinishing = true
        session.close()
        flush(buffers)
        sayFIN()
    }

    /// Sends what was kept. It is what has to be done when the socket is writable.
    func sendKept() {
        guard !isGone, !unsent.isEmpty else { return }
        sentOfUnsent += unsent.withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[sentOfUnsent...])) }
        if sentOfUnsent == unsent.count {
            unsent = []
            sentOfUnsent = 0
        }
        watch()
        sayFIN()
    }

    /// Closes the socket.
    func drop() {
        guard !isGone else { return }
        isGone = true
        // To close it would do, but for a child that is just being started and has a copy of it until it has begun.
        poller.remove(socket)
        close(socket)
        unsent = []
    }

    private func sayFIN() {
        if isFinishing, unsent.isEmpty { shutdown(socket, Int32(SHUT_WR)) }
    }

    private func flush(_ buffers: LinkBuffers) {
        guard !buffers.output.isEmpty else { return }
        buffers.output.take { ciphertext in
            ciphertext.withUnsafeBytes { bytes in
                let sent = unsent.isEmpty ? send(bytes) : 0
                if sent < bytes.count { unsent.append(contentsOf: bytes[sent...]) }
            }
        }
        watch()
    }

    /// - Returns: how many bytes the socket took.
    private func send(_ bytes: UnsafeRawBufferPointer) -> Int {
        let sent = Glibc.send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        if sent < 0, errno != EAGAIN, errno != EINTR { end = end ?? .system(errno) }
        return max(0, sent)
    }

    private func watch() {
        guard isWatchedForWriting == unsent.isEmpty else { return }
        isWatchedForWriting = !unsent.isEmpty
        poller.change(socket, key: key, writing: isWatchedForWriting)
    }
}

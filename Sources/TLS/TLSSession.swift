internal import COpenSSL

/// What a session did with the ciphertext it was given.
public enum TLSStep {
    /// It has used all of it and waits for more.
    case wait
    /// The handshake is complete. Plaintext may go both ways from here.
    case established
    /// Plaintext was put into the span.
    case plaintext
    /// The peer has sent close_notify: it will say no more, but may still be listening.
    case closed
    /// The session is dead. What is in the output, an alert perhaps, should still be sent.
    case failed(TLSError)
}

/// One TLS connection with no I/O.
///
///                    ciphertext in         +---------+     plaintext out
///     socket  ---- reading(_:_:) --------> |         | --- advance(into:) --->  chat
///             <--- TLSOutput ------------- | session | <-- send(_:) ----------
///                    ciphertext out        +---------+     plaintext in
///
/// Each call leaves in the ``TLSOutput`` what has to be sent; the caller takes it after *every* call, also a failed one.
/// A session belongs to one thread at a time.
///
/// Corresponds to `SSL`.
public final class TLSSession {
    /// Where ciphertext for the peer is put.
    public let output: TLSOutput
    /// Kept because OpenSSL may call back into it for as long as the session lives.
    public let context: TLSContext

    private enum State { case handshaking, open, failed }

    private var state = State.handshaking
    private var wasEstablished = false
    private let ssl: Handle<SSLHandle>
    /// Belongs to the BIO of `ssl`.
    private let wire: UnsafeMutablePointer<COpenSSL_Wire>

    /// A server's end.
    public convenience init(server context: TLSContext, output: TLSOutput = TLSOutput()) throws(TLSError) {
        try self.init(context, output: output)
        SSL_set_accept_state(ssl.pointer)
    }

    /// A client's end, which accepts only a certificate for `name`.
    public convenience init(
        client context: TLSContext,
        expecting name: TLSPeerName,
        output: TLSOutput = TLSOutput()
    ) throws(TLSError) {
        try self.init(context, output: output)
        guard name.require(on: ssl.pointer) else {
            throw .setup(what: "X509_VERIFY_PARAM_set1_host", OpenSSLError.drain())
        }
        SSL_set_connect_state(ssl.pointer)
    }

    private init(_ context: TLSContext, output: TLSOutput) throws(TLSError) {
        self.context = context
        self.output = output
        let ssl = try context.makeSSL()
        var wire: UnsafeMutablePointer<COpenSSL_Wire>?
        guard let bio = COpenSSL_BIO_new_wire(output.storage, &wire), let wire else {
            throw .setup(what: "BIO_new", OpenSSLError.drain())
        }
        // Used for both directions; SSL_set_bio takes over the one reference.
        SSL_set_bio(ssl.pointer, bio, bio)
        self.ssl = ssl
        self.wire = wire
    }

    /// Asks no client for its certificate and writes no secret into a key log, whatever the context says: for a session
    /// that is with nobody.
    func beRehearsal() {
        SSL_set_verify(ssl.pointer, SSL_VERIFY_NONE, nil)
        SessionNote.note(.rehearsal, on: ssl.pointer)
    }

    // MARK: In

    /// Lets the session read `ciphertext` while `body` runs, which calls ``advance(into:)`` until that returns neither
    /// ``TLSStep/established`` nor ``TLSStep/plaintext``.
    public func reading<R, E: Error>(_ ciphertext: RawSpan, _ body: () throws(E) -> R) throws(E) -> R {
        try ciphertext.withUnsafeBytes { bytes throws(E) in
            wire.pointee.input = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            wire.pointee.input_length = bytes.count
            defer {
                wire.pointee.input = nil
                wire.pointee.input_length = 0
            }
            return try body()
        }
    }

    /// The transport has ended: nothing will come after what has been read.
    public func endInput() {
        wire.pointee.input_ended = 1
    }

    /// Goes one step on: with the handshake, which a client begins by calling this first, or with the next plaintext.
    ///
    /// Corresponds to `SSL_do_handshake(3)` and `SSL_read_ex(3)`.
    /// - Parameter plaintext: must have room, except in the handshake.
    public func advance(into plaintext: inout OutputRawSpan) -> TLSStep {
        switch state {
        case .handshaking:
            switch call({ SSL_do_handshake($0) }) {
            case .success:
                state = .open
                wasEstablished = true
                return .established
            case .wantRead: return .wait
            case .zeroReturn: return fail(.truncated)
            case .failure(let error): return fail(error)
            }
        case .open:
            // libssl takes reading nothing for a failure, and the session would be dead without a reason.
            precondition(plaintext.freeCapacity > 0, "no room for plaintext")
            var count = 0
            let result = plaintext.withUnsafeMutableBytes { bytes, filled in
                let result = call {
                    SSL_read_ex($0, bytes.baseAddress.map { $0 + filled }, bytes.count - filled, &count)
                }
                filled += count
                return result
            }
            switch result {
            case .success: return .plaintext
            case .wantRead: return .wait
            case .zeroReturn: return .closed
            case .failure(let error): return fail(error)
            }
        case .failed:
            return .failed(.notOpen)
        }
    }

    // MARK: Out

    /// Encrypts all of `plaintext` into the output, as records of at most 16 KiB.
    ///
    /// Corresponds to `SSL_write_ex(3)`.
    /// - Throws: ``TLSError/notOpen`` before the handshake, after ``close()`` and after a failure.
    public func send(_ plaintext: RawSpan) throws(TLSError) {
        guard state == .open, SSL_get_shutdown(ssl.pointer) & SSL_SENT_SHUTDOWN == 0 else { throw .notOpen }
        guard !plaintext.isEmpty else { return }
        var written = 0
        let result = plaintext.withUnsafeBytes { bytes in
            call { SSL_write_ex($0, bytes.baseAddress, bytes.count, &written) }
        }
        switch result {
        case .success:
            // The output takes everything, so there is no partial write.
            precondition(written == plaintext.byteCount, "SSL_write_ex wrote \(written) of \(plaintext.byteCount)")
        case .failure(let error):
            state = .failed
            throw error
        case .wantRead, .zeroReturn:
            // Only renegotiation, which is off, makes a write wait for a read.
            state = .failed
            throw .protocol([])
        }
    }

    /// Says close_notify: we send no more, the peer may go on. Does nothing unless the session is open.
    ///
    /// Corresponds to `SSL_shutdown(3)`, which must not be called during a handshake or after a failure.
    public func close() {
        guard state == .open, SSL_get_shutdown(ssl.pointer) & SSL_SENT_SHUTDOWN == 0 else { return }
        ERR_clear_error()
        _ = SSL_shutdown(ssl.pointer)
        ERR_clear_error()
    }

    /// Whether the handshake has completed and nothing has failed since.
    public var isEstablished: Bool { state == .open }

    /// What was agreed on; nil until the handshake is complete.
    public var agreement: TLSAgreement? {
        wasEstablished ? TLSAgreement(reading: ssl.pointer) : nil
    }

    /// Bytes that only the two ends of this session can know, the same at both (RFC 5705; RFC 8446, section 7.5).
    ///
    /// There is no context value, so `openssl s_client -keymatexport LABEL` prints the same.
    ///
    /// Corresponds to `SSL_export_keying_material(3)`.
    /// - Throws: ``TLSError/notOpen`` before the handshake, and ``TLSError/noExtendedMasterSecret`` where who sits
    ///   between the two could have made both ends get the same (RFC 7627).
    public func exportKeyingMaterial(label: String, count: Int) throws(TLSError) -> [UInt8] {
        guard wasEstablished else { throw .notOpen }
        ERR_clear_error()
        guard SSL_version(ssl.pointer) >= TLS1_3_VERSION || COpenSSL_SSL_get_extms_support(ssl.pointer) == 1 else {
            throw .noExtendedMasterSecret
        }
        var bytes = [UInt8](repeating: 0, count: count)
        guard SSL_export_keying_material(ssl.pointer, &bytes, count, label, label.utf8.count, nil, 0, 0) == 1 else {
            throw .setup(what: "SSL_export_keying_material", OpenSSLError.drain())
        }
        return bytes
    }

    // MARK: The door

    private enum CallResult {
        case success, wantRead, zeroReturn
        case failure(TLSError)
    }

    /// The only way into libssl that can fail: clear the error queue, call, classify, drain, without a pause between.
    private func call(_ function: (OpaquePointer) -> CInt) -> CallResult {
        // To find the queue empty, as nearly always, takes half of what it takes to empty it.
        if ERR_peek_error() != 0 { ERR_clear_error() }
        let code = function(ssl.pointer)
        guard code <= 0 else { return .success }
        let kind = SSL_get_error(ssl.pointer, code)
        switch kind {
        case SSL_ERROR_WANT_READ: return .wantRead
        case SSL_ERROR_ZERO_RETURN: return .zeroReturn
        default: return .failure(TLSError(of: ssl.pointer, queue: OpenSSLError.drain()))
        }
    }

    private func fail(_ error: TLSError) -> TLSStep {
        state = .failed
        return .failed(error)
    }
}

@available(*, unavailable)
extension TLSSession: Sendable {}

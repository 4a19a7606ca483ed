internal import COpenSSL
public import TLS

/// A ``TLSSession`` and everything that came out of it.
public final class TLSEnd: TLSPeer {
    /// A ``TLSStep`` that says more than "wait", without the plaintext.
    public enum Event: Equatable, Sendable {
        case established, closed
        case failed(TLSError)
    }

    public let session: TLSSession
    public private(set) var events: [Event] = []
    public private(set) var plaintext: [UInt8] = []
    /// Leaves an error in the thread's queue before each call, as a careless neighbour would.
    public var spoilsErrorQueue = false

    private let bufferSize: Int

    public init(_ session: TLSSession, bufferSize: Int = 4_096) {
        self.session = session
        self.bufferSize = bufferSize
    }

    public var isEstablished: Bool { events.contains(.established) }
    public var isClosed: Bool { events.last == .closed }

    /// The first failure; what a dead session says later is not noted.
    public var failure: TLSError? {
        if case .failed(let error) = events.last { error } else { nil }
    }

    public func receive(_ ciphertext: [UInt8]) {
        session.reading(ciphertext.span.bytes) {
            while goOn(after: step()) {}
        }
    }

    public func endInput() {
        session.endInput()
        receive([])
    }

    public func send(_ bytes: [UInt8]) throws {
        spoil()
        try session.send(bytes.span.bytes)
    }

    public func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    public func close() {
        spoil()
        session.close()
    }

    public func takeOutput() -> [UInt8] {
        session.output.take { bytes in bytes.withUnsafeBytes { Array($0) } }
    }

    /// Takes the plaintext that has come so far.
    public func takePlaintext() -> [UInt8] {
        defer { plaintext = [] }
        return plaintext
    }

    /// Asks the session for one step, outside of any reading.
    @discardableResult
    public func step() -> TLSStep {
        spoil()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 1)
        defer { buffer.deallocate() }
        var span = OutputRawSpan(buffer: buffer, initializedCount: 0)
        let step = session.advance(into: &span)
        let filled = span.finalize(for: buffer)
        plaintext += buffer[..<filled]
        return step
    }

    private func goOn(after step: TLSStep) -> Bool {
        switch step {
        case .wait: return false
        case .plaintext: return true
        case .established:
            events.append(.established)
            return true
        case .closed:
            if !isClosed { events.append(.closed) }
        case .failed(let error):
            if failure == nil { events.append(.failed(error)) }
        }
        return false
    }

    private func spoil() {
        guard spoilsErrorQueue else { return }
        _ = BIO_new_file("/nonexistent/file", "r")
    }
}

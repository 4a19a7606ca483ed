public import ChatWire
internal import DequeModule
internal import NIOConcurrencyHelpers
internal import TLS

/// A client of conclave/1 for tests: it reads JSON and knows nothing of what it means.
public final class StructuredPeer: Sendable {
    /// The connection, for those who want their hands on the wire.
    public let peer: ChatPeer
    private let lastReference = NIOLockedValueBox(0)
    /// Events that came before an answer that was waited for.
    private let waiting = NIOLockedValueBox<Deque<JSON>>([])

    public init(_ peer: ChatPeer) {
        self.peer = peer
    }

    /// Sends each of these lines.
    public func send(_ lines: String...) async throws {
        try await peer.send(lines.map { $0 + "\n" }.joined())
    }

    /// Sends a request and reads its answer. Events that come before it are kept for ``event()``.
    /// - Parameter fields: those besides `op` and `ref`, as they stand in the line: `"room":"lobby"`.
    public func ask(_ operation: String, _ fields: String = "") async throws -> JSON {
        let reference = lastReference.withLockedValue { last in
            last += 1
            return "ref\(last)"
        }
        try await send(#"{"op":"\#(operation)","ref":"\#(reference)"\#(fields.isEmpty ? "" : ",")\#(fields)}"#)
        while let line = try await read() {
            if line["ref"]?.string == reference { return line }
            waiting.withLockedValue { $0.append(line) }
        }
        throw Ended(waitingFor: reference)
    }

    /// The next line that is not the answer to ``ask(_:_:)``; nil when the server has said close_notify.
    public func event() async throws -> JSON? {
        if let line = waiting.withLockedValue({ $0.popFirst() }) { return line }
        return try await read()
    }

    /// Reads until a line satisfies `isWanted`.
    /// - Returns: the lines read, that one last; all lines there were if none did.
    public func events(until isWanted: (JSON) -> Bool) async throws -> [JSON] {
        var read: [JSON] = []
        while let line = try await event() {
            read.append(line)
            if isWanted(line) { break }
        }
        return read
    }

    private func read() async throws -> JSON? {
        guard let line = try await peer.line() else { return nil }
        return try JSON(Array(line.utf8).span.bytes, limits: .reply)
    }

    /// The server has closed the connection instead of answering.
    public struct Ended: Error {
        public let waitingFor: String
    }
}

extension TestRoom {
    /// Connects with conclave/1, and has read nothing yet.
    public func connectStructured(receiveBuffer: Int? = nil) async throws -> StructuredPeer {
        var configuration = TLSConfiguration.client(trust: try CertificateFixtures.shared.ca)
        configuration.applicationProtocols = [StructuredCodec.name]
        let tls = try TLSContext(configuration)
        return StructuredPeer(try await ChatPeer.connect(port: port, tls: tls, receiveBuffer: receiveBuffer))
    }

    /// Connects with conclave/1 and is welcomed.
    public func welcome(receiveBuffer: Int? = nil) async throws -> (peer: StructuredPeer, session: String) {
        let peer = try await connectStructured(receiveBuffer: receiveBuffer)
        guard let session = try await peer.event()?["session"]?.string else { throw NoWelcome() }
        return (peer, session)
    }

    /// Connects with conclave/1 and enters the lobby.
    public func enterStructured(
        as name: String,
        receiveBuffer: Int? = nil
    ) async throws -> (peer: StructuredPeer, session: String, entered: JSON) {
        let (peer, session) = try await welcome(receiveBuffer: receiveBuffer)
        return (peer, session, try await peer.ask("enter", #""room":"lobby","nick":"\#(name)""#))
    }
}

extension JSON {
    /// As it goes over the wire, to be shown and compared.
    public var text: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

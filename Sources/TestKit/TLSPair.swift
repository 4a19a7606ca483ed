public import TLS

/// A client and a server with no network between them.
///
///     let pair = try TLSPair()
///     pair.pump()
///     try pair.client.send("hello")
///     pair.pump()
///     #expect(pair.server.plaintext == Array("hello".utf8))
public final class TLSPair {
    public enum Direction: Sendable, CaseIterable {
        case toServer, toClient
    }

    public let client: TLSEnd
    public let server: TLSEnd

    /// What the network does to bytes on their way; each element of the result arrives on its own.
    public var network: (Direction, [UInt8]) -> [[UInt8]] = { _, bytes in [bytes] }
    /// All that was sent each way, before the network had it.
    public private(set) var sent: [Direction: [UInt8]] = [.toServer: [], .toClient: []]

    /// Without arguments both ends are as they should be, and the server is the good one.
    public init(
        client: TLSConfiguration? = nil,
        server: TLSConfiguration? = nil,
        expecting name: TLSPeerName = .dns("localhost"),
        bufferSize: Int = 4_096
    ) throws {
        let fixtures = try CertificateFixtures.shared
        let clientContext = try TLSContext(client ?? .client(trust: fixtures.ca))
        let serverContext = try TLSContext(server ?? .server(fixtures.server))
        self.client = TLSEnd(try TLSSession(client: clientContext, expecting: name), bufferSize: bufferSize)
        self.server = TLSEnd(try TLSSession(server: serverContext), bufferSize: bufferSize)
    }

    public init(client: TLSSession, server: TLSSession) {
        self.client = TLSEnd(client)
        self.server = TLSEnd(server)
    }

    /// Lets both ends act until neither has anything to send.
    public func pump() {
        client.receive([])
        while move(.toServer) || move(.toClient) {}
    }

    /// Moves what one end has to send, once. Returns whether that was anything.
    @discardableResult
    public func move(_ direction: Direction) -> Bool {
        let (source, sink) = direction == .toServer ? (client, server) : (server, client)
        let bytes = source.takeOutput()
        guard !bytes.isEmpty else { return false }
        sent[direction, default: []] += bytes
        for piece in network(direction, bytes) { sink.receive(piece) }
        return true
    }

    public func end(receiving direction: Direction) -> TLSEnd {
        direction == .toServer ? server : client
    }

    /// A network that delivers pieces whose sizes `size` chooses.
    public static func pieces(_ size: @escaping () -> Int) -> (Direction, [UInt8]) -> [[UInt8]] {
        { _, bytes in
            var rest = bytes[...]
            var pieces: [[UInt8]] = []
            while !rest.isEmpty {
                let piece = rest.prefix(max(1, size()))
                pieces.append(Array(piece))
                rest = rest.dropFirst(piece.count)
            }
            return pieces
        }
    }

    /// Lets two ends of any kind act until neither has anything to send.
    public static func pump(_ client: some TLSPeer, _ server: some TLSPeer) {
        client.receive([])
        while true {
            let toServer = client.takeOutput()
            if !toServer.isEmpty { server.receive(toServer) }
            let toClient = server.takeOutput()
            if !toClient.isEmpty { client.receive(toClient) }
            if toServer.isEmpty && toClient.isEmpty { return }
        }
    }
}

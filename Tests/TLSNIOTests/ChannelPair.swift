import NIOCore
import NIOEmbedded
import TLS
import TLSNIO
import TestKit

/// A client's channel and a server's, with a network between them that does as it is told.
final class ChannelPair {
    let loop = EmbeddedEventLoop()
    let client: ChannelEnd
    let server: ChannelEnd

    /// What the network does to bytes on their way; each element of the result arrives in a read of its own.
    var network: (TLSPair.Direction, [UInt8]) -> [[UInt8]] = { _, bytes in [bytes] }
    /// Whether FIN arrives.
    var conveysFIN = true

    private var inTransit: [TLSPair.Direction: [[UInt8]]] = [.toServer: [], .toClient: []]
    private var endsConveyed: Set<TLSPair.Direction> = []

    /// Without arguments both ends are as they should be.
    init(
        trust: TLSTrust? = nil,
        protocols: [String] = [],
        deadlines: TLSDeadlines = TLSDeadlines(),
        versions: ClosedRange<TLSVersion> = .v1_2 ... .v1_3
    ) throws {
        let fixtures = try CertificateFixtures.shared
        var client = TLSConfiguration.client(trust: trust ?? fixtures.ca)
        var server = TLSConfiguration.server(fixtures.server)
        client.applicationProtocols = protocols
        server.applicationProtocols = protocols
        client.versions = versions
        let clientSession = try TLSSession(client: TLSContext(client), expecting: .dns("localhost"))
        self.client = try ChannelEnd(clientSession, loop: loop, deadlines: deadlines)
        self.server = try ChannelEnd(TLSSession(server: TLSContext(server)), loop: loop, deadlines: deadlines)
    }

    deinit {
        for end in [client, server] { end.tls.abort() }
        // A loop may not go while timers run. That none is left over has its own test.
        loop.advanceTime(by: .hours(1))
    }

    /// A pair after a good handshake.
    static func established(deadlines: TLSDeadlines = TLSDeadlines()) throws -> ChannelPair {
        let pair = try ChannelPair(deadlines: deadlines)
        try pair.establish()
        return pair
    }

    func connect() throws {
        try server.connect()
        try client.connect()
    }

    func establish() throws {
        try connect()
        pump()
    }

    /// Moves bytes both ways until nothing moves any more. Nobody gets bytes without having asked for them.
    func pump() {
        while move(.toServer) || move(.toClient) {}
        loop.run()
    }

    /// Moves what one end has sent. Returns whether anything arrived.
    @discardableResult
    func move(_ direction: TLSPair.Direction) -> Bool {
        let (source, sink) = direction == .toServer ? (client.socket, server.socket) : (server.socket, client.socket)
        let sent = source.takeSent()
        if !sent.isEmpty { inTransit[direction, default: []] += network(direction, sent) }
        let isEnding = conveysFIN && (source.hasSentFIN || source.isClosed) && !endsConveyed.contains(direction)
        var hasMoved = false
        // A channel that notices a FIN reads all that is in front of it.
        while sink.readIsPending || isEnding, !sink.isClosed, let piece = inTransit[direction]?.first {
            inTransit[direction]?.removeFirst()
            sink.deliver(piece)
            hasMoved = true
        }
        if isEnding {
            endsConveyed.insert(direction)
            sink.deliverFIN()
            hasMoved = true
        }
        return hasMoved
    }

    /// Bytes that nobody has asked for yet.
    func waiting(_ direction: TLSPair.Direction) -> Int {
        inTransit[direction, default: []].reduce(0) { $0 + $1.count }
    }
}

public import ChatCore
internal import NIOCore
internal import NIOPosix
public import TLS
internal import TLSNIO

/// A connection to a server, over the text protocol unless another was agreed on: lines go both ways.
///
/// Whoever has one must ``run(_:)`` it, once.
public struct ChatConnection: Sendable {
    public let endpoint: Endpoint
    /// What was agreed on with the server, and its certificate.
    public let agreement: TLSAgreement
    /// The words to compare with the other end's.
    public let words: ConnectionWords
    /// What its server was believed by; nil where whoever connected has made the context of TLS for it.
    public internal(set) var basis: TrustBasis?

    private let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Connects, and verifies the server before a byte of ours leaves.
    /// - Parameter name: what the server's certificate has to be for.
    /// - Throws: ``ClientError``.
    public static func connect(
        to endpoint: Endpoint,
        expecting name: TLSPeerName,
        tls: TLSContext
    ) async throws -> ChatConnection {
        try await connect(to: endpoint, expecting: name, tls: tls, readInterval: .zero)
    }

    /// - Parameter readInterval: see ``ClientOptions/readInterval``.
    static func connect(
        to endpoint: Endpoint,
        expecting name: TLSPeerName,
        tls: TLSContext,
        readInterval: Duration
    ) async throws -> ChatConnection {
        do {
            let handshake = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: endpoint.host, port: endpoint.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let done = channel.eventLoop.makePromise(of: HandshakeGate.Passage.self)
                        let tls = TLSHandler(session: try TLSSession(client: tls, expecting: name))
                        try channel.pipeline.syncOperations.addHandler(tls)
                        if readInterval > .zero {
                            let pacer = ReadPacer(interval: TimeAmount(readInterval))
                            try channel.pipeline.syncOperations.addHandler(pacer)
                        }
                        try channel.pipeline.syncOperations.addHandler(HandshakeGate(tls, done))
                        return done.futureResult
                    }
                }
            let (agreement, words, channel) = try await handshake.get()
            return ChatConnection(endpoint: endpoint, agreement: agreement, words: words, channel: channel)
        } catch {
            throw ClientError(error, endpoint, name)
        }
    }

    /// The same, with all that ``ServerTrust`` says: whom to believe, whom to ask, and who we are.
    public static func connect(
        to endpoint: Endpoint,
        trusting trust: ServerTrust
    ) async throws(ClientError) -> ChatConnection {
        try await trust.connect(to: endpoint, speaking: [], mayAsk: true)
    }

    /// Runs `body` with the two directions, and closes the connection when it returns.
    public func run<R: Sendable>(
        _ body: (ChatLines, ChatSpeaker) async throws -> sending R
    ) async throws -> R {
        try await channel.executeThenClose { inbound, outbound in
            try await body(ChatLines(inbound: inbound, endpoint: endpoint), ChatSpeaker(outbound: outbound))
        }
    }

    /// Ends the connection without waiting for the server, which may not be there any more.
    func abort() {
        let channel = channel.channel
        channel.eventLoop.execute {
            // Without the handler the connection has ended already.
            try? channel.pipeline.syncOperations.handler(type: TLSHandler.self).abort()
        }
    }

    /// The same with what the server says as it comes.
    func run<R: Sendable>(
        bytes body: (NIOAsyncChannelInboundStream<ByteBuffer>, ChatSpeaker) async -> sending R
    ) async throws -> R {
        try await channel.executeThenClose { inbound, outbound in
            await body(inbound, ChatSpeaker(outbound: outbound))
        }
    }
}

/// What the room says: each element is the lines that came together, cleaned, without their ends.
///
/// It ends when the server has said close_notify, and throws ``ClientError/cutOff(_:)`` or ``ClientError/notAdmitted(_:_:)``
/// if it has not.
public struct ChatLines: AsyncSequence, Sendable {
    public typealias Element = [CleanText]

    let inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    let endpoint: Endpoint

    public func makeAsyncIterator() -> Iterator {
        Iterator(bytes: inbound.makeAsyncIterator(), endpoint: endpoint)
    }

    public struct Iterator: AsyncIteratorProtocol {
        var bytes: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        let endpoint: Endpoint
        private var reader = LineReader()

        init(bytes: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator, endpoint: Endpoint) {
            self.bytes = bytes
            self.endpoint = endpoint
        }

        public mutating func next() async throws -> [CleanText]? {
            do {
                while let piece = try await bytes.next() {
                    let lines = reader.feed(piece)
                    if !lines.isEmpty { return lines }
                }
                let last = reader.finish()
                return last.isEmpty ? nil : last
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                throw ClientError(lost: endpoint, error)
            }
        }
    }
}

/// The way to speak.
public struct ChatSpeaker: Sendable {
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Sends bytes as they are; waits while the server takes no more.
    public func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }
}

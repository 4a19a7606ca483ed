internal import DequeModule
internal import Glibc
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix
public import TLS
internal import TLSNIO

/// A client of the text protocol for tests: like `openssl s_client`, but with every hand on the wire.
///
/// It takes bytes from the socket only while somebody waits for a line, and holds a few kilobytes besides: a peer that is
/// not asked for lines is one that has stopped reading.
public final class ChatPeer: Sendable {
    private let channel: any Channel
    private let reader: NIOLoopBound<PeerLines>
    /// Lines that came together and have not been asked for.
    private let waiting = NIOLockedValueBox<Deque<String>>([])

    /// Connects to this machine and completes the TLS handshake.
    /// - Parameter receiveBuffer: how much the kernel may hold for us, in bytes; nil leaves it to the kernel.
    public static func connect(
        port: Int,
        tls: TLSContext,
        receiveBuffer: Int? = nil
    ) async throws -> ChatPeer {
        var bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.autoRead, value: false)
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
        }
        let (channel, reader, ready) = try await bootstrap.connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                let session = try TLSSession(client: tls, expecting: .dns("localhost"))
                let ready = channel.eventLoop.makePromise(of: Void.self)
                let reader = PeerLines(ready)
                try channel.pipeline.syncOperations.addHandlers([TLSHandler(session: session), reader])
                return (channel, NIOLoopBound(reader, eventLoop: channel.eventLoop), ready.futureResult)
            }
        }
        try await ready.get()
        return ChatPeer(channel, reader)
    }

    private init(_ channel: any Channel, _ reader: NIOLoopBound<PeerLines>) {
        self.channel = channel
        self.reader = reader
    }

    /// Says each of these lines.
    public func say(_ text: String...) async throws {
        try await send(text.map { $0 + "\n" }.joined())
    }

    /// Sends text as it is.
    public func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    public func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// The next line, without its end; nil when the server has said close_notify.
    public func line() async throws -> String? {
        if let line = waiting.withLockedValue({ $0.popFirst() }) { return line }
        let lines = try await channel.eventLoop.flatSubmit { [reader] in reader.value.next() }.get()
        waiting.withLockedValue { $0 = Deque(lines.dropFirst()) }
        return lines.first
    }

    /// Reads until a line satisfies `isWanted`.
    /// - Returns: the lines read, that one last; all lines there were if none did.
    public func lines(until isWanted: (String) -> Bool) async throws -> [String] {
        var read: [String] = []
        while let line = try await line() {
            read.append(line)
            if isWanted(line) { break }
        }
        return read
    }

    /// Reads all that a newcomer is told, up to how much the room keeps.
    /// - Returns: the number that the server gave us.
    public func enter() async throws -> Int? {
        let told = try await arrive()
        guard let rest = told.first?.split(separator: "UID:").last else { return nil }
        return Int(rest.prefix { $0.isNumber })
    }

    /// Reads all that one who enters a room is told, up to how much it keeps.
    @discardableResult
    public func arrive() async throws -> [String] {
        try await lines { $0.hasPrefix("* this room keeps ") || $0.hasPrefix("* nothing that is said here is kept") }
    }

    /// Our end of the connection, as the server sees it.
    public var address: String {
        guard let address = channel.localAddress, let ip = address.ipAddress, let port = address.port else { return "" }
        return "\(ip):\(port)"
    }

    /// Says close_notify and goes on listening.
    public func sayCloseNotify() async throws {
        try await channel.close(mode: .output)
    }

    /// Sends TCP's FIN without close_notify.
    public func fin() async throws {
        try await channel.pipeline.context(handlerType: TLSHandler.self).flatMap { $0.close(mode: .output) }.get()
    }

    /// Breaks the connection off: the server gets a TCP reset.
    public func reset() async throws {
        let abortive = linger(l_onoff: 1, l_linger: 0)
        try await (channel as? any SocketOptionProvider)?.setSoLinger(abortive).get()
        try await channel.pipeline.context(handlerType: TLSHandler.self).flatMap { $0.close() }.get()
    }

    /// Closes properly and waits for the end; there is nothing to do if the server was first.
    public func close() async throws {
        do {
            try await channel.close()
        } catch ChannelError.alreadyClosed {}
    }
}

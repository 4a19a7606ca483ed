public import ChatCore
internal import ChatWire
public import NIOCore
public import TLSNIO

/// What a stranger may cost us, and how long we are patient.
public struct ServerLimits: Sendable {
    /// How many bytes of a room's newest lines are kept on each event loop for readers that are behind.
    public var feedBytes = 1024 * 1024
    /// The same for all rooms together, before each keeps only its newest.
    public var allFeedBytes = 64 * 1024 * 1024
    /// What rooms may hold.
    public var rooms = RoomLimits()
    /// The longest line a member may send, in bytes without its end.
    public var lineBytes = TextCodec.lineLimit
    /// How much of what was said last is kept in memory, be it kept elsewhere or not.
    public var recent = RecentEvents.Limits()
    /// How many messages a second one connection may say in the long run; 0: any number.
    public var messageRate: Int64 = 10
    /// How many at once; commands that cost more than a message count for more.
    public var messageBurst: Int64 = 100
    /// How many bytes of answers may wait for one connection before no more is read from it.
    public var owedBytes = 16 * 1024
    /// How much one connection may say: a burst, and then so much a second; in bytes, each line counted with
    /// ``lineCost`` on top. Who says more is not read from for a while, and loses nothing.
    public var burst: Int64 = 256 * 1024
    public var bytesPerSecond: Int64 = 8 * 1024 * 1024
    /// The same while it is slowed down for a reader that is half a feed behind.
    public var bytesPerSecondWhenLagging: Int64 = 128 * 1024
    public var lineCost: Int64 = 32
    /// How long, at once, floods may be slowed down for readers that are behind; in the long run, a twentieth of the time.
    public var patience: TimeAmount = .milliseconds(250)
    /// Handshake and shutdown of TLS.
    public var deadlines = TLSDeadlines()
    /// How long a member that leaves may take nothing of what it was still to get.
    public var leaving: TimeAmount = .seconds(5)
    /// How long all members together may take when the server stops; with what follows it stays below five seconds.
    public var draining: TimeAmount = .seconds(3)

    // MARK: Who may come in; 0 means that there is no limit

    /// How many connections there may be. Whoever finds no place is told so.
    public var connections = 0
    /// How many one address may have; all IPv6 addresses with the same first 64 bits count as one.
    public var connectionsPerAddress = 64
    /// How many may be in their TLS handshake, in all and from one address. One more, and the oldest is dropped.
    public var handshakes = 1024
    public var handshakesPerAddress = 32
    /// How many handshakes each event loop answers before it looks after its members again.
    public var handshakesPerTurn = HandshakeTurns.most
    /// How many connections a second one address may open in the long run, five seconds' worth at once.
    public var connectionsPerSecond = 20
    /// Whether the limits for one address are also those of this machine.
    public var includesLoopback = false

    // MARK: Who may stay; 0 means forever

    /// How long a peer that answers may take none of the bytes that it is to get.
    public var stalled: Duration = .seconds(3600)
    /// How long a member may say nothing.
    public var silent: Duration = .zero

    /// How much of what came before a connection broke is still heard: or to hang up would be the way to say more.
    var lastMessages: Int64 { messageRate > 0 ? messageBurst : .max }

    /// The longest request of conclave/1 in bytes: as long as JSON may make the longest text, and what stands around it.
    var frameBytes: Int { lineBytes * 6 + 4096 }

    public init() {}
}

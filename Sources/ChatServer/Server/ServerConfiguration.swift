public import ChatCore
internal import ChatWire
internal import NIOCore
public import TLS

/// What a server needs to know before it starts.
public struct ServerConfiguration: Sendable {
    public var listen: [ListenAddress]
    public var tls: TLSContext
    /// Event loops, each a thread. One of them also owns the order of events.
    public var threads: Int
    /// One for each processor that this process may use.
    public static var defaultThreads: Int { min(System.coreCount, 1024) }
    /// Who may keep order.
    public var operators = Operators()
    /// Words that are not shown; nil if all are.
    public var filter: WordFilterFile?
    /// Where all that happens is kept, and what was kept before; nil: in memory, as long as the server runs.
    public var history: (log: any RoomLog, saved: SavedChat?)?
    /// The key that the server is going to have after this one, so that clients can be told; nil if none is planned.
    public var nextKey: TLSKey?
    /// Under which names clients reach the server; those that its certificates and listeners have, if there are none here.
    public var hosts: [ServerHost] = []
    public var limits = ServerLimits()
    public var clock = ServerClock.system

    /// What the TLS configuration of a server has to offer, so that clients can choose another protocol than text.
    public static let applicationProtocols = [StructuredCodec.name]

    public init(listen: [ListenAddress], tls: TLSContext, threads: Int) {
        self.listen = listen
        self.tls = tls
        self.threads = threads
    }
}

public import ChatCore
internal import ChatWire
internal import NIOCore
public import TLS

/// What a server needs to know before it starts.
public struct ServerConfiguration: Sendable {
    public var listen: [ListenAddress]
    /// Watched while the server runs, and read again when they change.
    public var certificates: ServerCertificates
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
    /// Only those whose key has an account, or is an operator's, may enter rooms.
    public var membersOnly: Bool {
        get { limits.rooms.accounts.membersOnly }
        set { limits.rooms.accounts.membersOnly = newValue }
    }
    /// Everybody is called what its certificate's common name says, as an authority decides over names; nobody else comes
    /// in then.
    public var namesAreCertified: Bool {
        get { limits.rooms.accounts.namesAreCertified }
        set { limits.rooms.accounts.namesAreCertified = newValue }
    }
    public var clock = ServerClock.system

    /// What the TLS configuration of a server has to offer, so that clients can choose another protocol than text.
    public static let applicationProtocols = [StructuredCodec.name]

    public init(listen: [ListenAddress], certificates: ServerCertificates, threads: Int) {
        self.listen = listen
        self.certificates = certificates
        self.threads = threads
    }

    public init(listen: [ListenAddress], tls: TLSContext, threads: Int) {
        self.init(listen: listen, certificates: ServerCertificates(tls), threads: threads)
    }

    /// What connections are served with at the moment.
    public var tls: TLSContext {
        get { certificates.context }
        set { certificates = ServerCertificates(newValue) }
    }
}

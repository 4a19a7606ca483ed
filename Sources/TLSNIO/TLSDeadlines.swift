public import NIOCore

/// How long a peer may take over what costs us a connection and gives nobody anything.
public struct TLSDeadlines: Sendable, Equatable {
    /// From the connection to the end of the handshake.
    public var handshake: TimeAmount = .seconds(10)
    /// From our last word to the peer's close, and again as long as the peer still takes what we said before.
    public var shutdown: TimeAmount = .seconds(5)

    public init(handshake: TimeAmount = .seconds(10), shutdown: TimeAmount = .seconds(5)) {
        self.handshake = handshake
        self.shutdown = shutdown
    }
}

/// A peer that we waited for in vain. The connection is closed.
public enum TLSTimeout: Error, Sendable, Equatable, CustomStringConvertible {
    case handshake, shutdown
    /// It kept asking for answers that it did not read, such as those to TLS 1.3 key updates (RFC 8446, section 4.6.3).
    case answers

    public var description: String {
        switch self {
        case .handshake: "the peer did not complete the TLS handshake in time"
        case .answers: "the peer does not read our answers to its key updates"
        case .shutdown: "the peer did not close the connection in time"
        }
    }
}

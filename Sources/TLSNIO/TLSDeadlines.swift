public import NIOCore

/// How long a peer may take over what costs us a connection and gives nobody anything.
public struct TLSDeadlines: Sendable, Equatable {
    /// From the connection to the end of the handshake.
    public var handshake: TimeAmount = .seconds(10)
    /// From our last word to the peer's close.
    public var shutdown: TimeAmount = .seconds(5)

    public init(handshake: TimeAmount = .seconds(10), shutdown: TimeAmount = .seconds(5)) {
        self.handshake = handshake
        self.shutdown = shutdown
    }
}

/// A peer that took too long. The connection is closed.
public enum TLSTimeout: Error, Sendable, Equatable, CustomStringConvertible {
    case handshake, shutdown

    public var description: String {
        switch self {
        case .handshake: "the peer did not complete the TLS handshake in time"
        case .shutdown: "the peer did not close the connection in time"
        }
    }
}

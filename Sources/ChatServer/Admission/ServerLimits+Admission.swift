extension ServerLimits {
    /// Those that concern who may come in.
    func admission<Handle: Sendable>(of handle: Handle.Type) -> Admission<Handle>.Limits {
        Admission<Handle>.Limits(
            connections: connections,
            connectionsPerAddress: connectionsPerAddress,
            handshakes: handshakes,
            handshakesPerAddress: handshakesPerAddress,
            rate: connectionsPerSecond,
            includesLoopback: includesLoopback
        )
    }
}

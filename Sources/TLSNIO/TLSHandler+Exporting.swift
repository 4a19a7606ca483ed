public import TLS

extension TLSHandler {
    /// Bytes that both ends can derive from the keys of this connection, and nobody else (RFC 8446, section 7.5).
    ///
    /// To be asked for on the channel's event loop, when the handshake is complete.
    /// - Throws: what ``TLS/TLSSession/exportKeyingMaterial(label:count:)`` does.
    public func exportKeyingMaterial(label: String, count: Int) throws(TLSError) -> [UInt8] {
        try session.exportKeyingMaterial(label: label, count: count)
    }
}

public import TLS
internal import ChatWire

extension TLSContext {
    /// For a client that speaks conclave/1, and believes `trust`.
    public static func structured(trust: TLSTrust = .system) throws(TLSError) -> TLSContext {
        var configuration = TLSConfiguration.client(trust: trust)
        configuration.applicationProtocols = [StructuredCodec.name]
        return try TLSContext(configuration)
    }
}

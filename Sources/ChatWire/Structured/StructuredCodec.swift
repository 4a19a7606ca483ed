/// The protocol for programs: JSON objects, one a line. Its page is Conclave1.md.
public enum StructuredCodec {
    /// Its name, for people and for ALPN (RFC 7301).
    public static let name = "conclave/1"
}

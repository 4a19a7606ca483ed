internal import ChatWire

/// A name under which clients reach a server, as its administrator gives it: `HOST` or `HOST:PORT`.
public struct ServerHost: Sendable, Equatable {
    /// A name in small letters, or an IP address in its one form and without brackets.
    public let host: String
    /// Nil: the port on which the server listens.
    public let port: Int?

    /// - Returns: nil for what is neither `HOST` nor `HOST:PORT`; an IPv6 address stands in brackets.
    public init?(_ text: String) {
        guard !text.contains(where: { "/?#@".contains($0) }), let link = try? JoinLink("conclave://\(text)") else {
            return nil
        }
        host = link.host
        port = text.hasSuffix("]") || !text.contains(":") ? nil : link.port
    }
}

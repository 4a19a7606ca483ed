internal import ChatCore

/// A server as keys are kept for it: its name or address in one spelling, and its port.
///
/// Names are in lower case and without the dot at their end, addresses in the form of RFC 5952.
public struct HostPort: Sendable, Hashable {
    public let host: String
    public let port: Int

    public init(_ endpoint: Endpoint) {
        if let address = Address(endpoint.host) {
            host = "\(address)"
        } else {
            let name = endpoint.host.hasSuffix(".") ? String(endpoint.host.dropLast()) : endpoint.host
            host = name.lowercased()
        }
        port = endpoint.port
    }

    /// - Parameter text: `HOST:PORT` with both, an IPv6 address in brackets; nil for anything else.
    public init?(_ text: String) {
        guard let endpoint = Endpoint(text), text.hasSuffix(":\(endpoint.port)"),
            !text.utf8.contains(where: { $0 <= 32 })
        else { return nil }
        self.init(endpoint)
        // A bare IPv6 address may end in what looks like a port.
        guard !host.contains(":") || text.hasPrefix("[") else { return nil }
    }
}

extension HostPort: CustomStringConvertible {
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

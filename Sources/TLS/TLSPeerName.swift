internal import COpenSSL
internal import Glibc

/// The name that a client expects in the server's certificate: a DNS name or an IP address.
///
/// The two are kept apart because they are checked differently (RFC 9525), and because a server name indication may only
/// carry the former (RFC 6066, section 3).
public enum TLSPeerName: Sendable, Equatable {
    case dns(String)
    case ip(String)

    /// - Returns: nil for what is neither: empty, over 253 bytes, or with a byte that no host name has.
    public init?(_ text: String) {
        if Self.isAddress(text) {
            self = .ip(text)
            return
        }
        // "host." is "host" spelled out; certificates never have the dot.
        let name = text.hasSuffix(".") ? String(text.dropLast()) : text
        let allowed = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
            default: false
            }
        }
        guard allowed, (1...253).contains(name.utf8.count), !name.hasPrefix("."), !name.contains("..") else {
            return nil
        }
        self = .dns(name)
    }

    private static func isAddress(_ text: String) -> Bool {
        var address = in6_addr()
        // C sees a string only up to its first NUL.
        return !text.utf8.contains(0)
            && (inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1)
    }

    /// Tells the session to accept no certificate without this name.
    func require(on ssl: OpaquePointer) -> Bool {
        // The cases are public, so a name may have come past `init`. OpenSSL would take "" for any name, ".example" for
        // every name below it, and would not see what stands behind a NUL.
        guard self == TLSPeerName(description), let parameters = SSL_get0_param(ssl) else { return false }
        // Only the subjectAltName counts, and "f*.example" matches nothing.
        X509_VERIFY_PARAM_set_hostflags(
            parameters,
            UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT)
        )
        switch self {
        case .dns(let name):
            return X509_VERIFY_PARAM_set1_host(parameters, name, 0) == 1
                && COpenSSL_SSL_set_tlsext_host_name(ssl, name) == 1
        case .ip(let address):
            return X509_VERIFY_PARAM_set1_ip_asc(parameters, address) == 1
        }
    }
}

extension TLSPeerName: CustomStringConvertible {
    public var description: String {
        switch self {
        case .dns(let name): name
        case .ip(let address): address
        }
    }
}

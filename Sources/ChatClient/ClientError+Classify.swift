internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import TLS
internal import TLSNIO

extension ClientError {
    /// Says what a failed attempt to connect means to its user.
    init(_ error: any Error, _ endpoint: Endpoint, _ name: TLSPeerName) {
        switch error {
        case let error as NIOConnectionError:
            // Of several addresses, the first that was tried speaks for all.
            if let first = error.connectionErrors.first {
                self = ClientError(first.error, endpoint, name)
            } else {
                self = .unknownHost(endpoint.host)
            }
        case let error as IOError:
            switch error.errnoCode {
            case ECONNREFUSED: self = .refused(endpoint)
            case ETIMEDOUT: self = .timedOut(endpoint)
            case ECONNRESET, EPIPE: self = .noHandshake(endpoint, .truncated)
            default: self = .unreachable(endpoint, String(cString: strerror(error.errnoCode)))
            }
        case ChannelError.connectTimeout, TLSTimeout.handshake:
            self = .timedOut(endpoint)
        case ChannelError.eof:
            self = .noHandshake(endpoint, .truncated)
        case TLSError.untrusted(let failure):
            self = .untrusted(endpoint, expected: name, failure)
        case TLSError.alert(let alert) where alert.number == Self.noApplicationProtocol:
            self = .noStructuredProtocol(endpoint)
        case TLSError.alert(let alert) where alert.isAboutCertificate:
            self = .notAdmitted(endpoint, alert)
        case let error as TLSError:
            self = .noHandshake(endpoint, error)
        default:
            self = .unreachable(endpoint, String(describing: error))
        }
    }

    /// Says why a connection that was there has been lost. Under TLS 1.3 a server looks at our certificate when the handshake
    /// is over for us, so this is where its refusal comes to light.
    init(lost endpoint: Endpoint, _ error: any Error) {
        if case TLSError.alert(let alert) = error, alert.isAboutCertificate {
            self = .notAdmitted(endpoint, alert)
        } else {
            self = .cutOff(endpoint)
        }
    }

    /// The alert of one who speaks none of the protocols that were offered (RFC 7301), of which we offer one.
    private static let noApplicationProtocol = 120
}

extension TLSAlert {
    /// Whether it says that our certificate, or that we have none, is what is wrong (RFC 8446, section 6.2): from
    /// bad_certificate to certificate_unknown, unknown_ca, access_denied, and certificate_required.
    fileprivate var isAboutCertificate: Bool { (42...46).contains(number) || [48, 49, 116].contains(number) }
}

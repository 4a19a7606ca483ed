public import ChatCore
internal import ChatWire
internal import TLS

/// What a server shows to who only looks.
public enum ServerLook: Sendable, Equatable {
    /// An authority vouches for it.
    case vouchedFor(KeyFingerprint)
    /// Nobody does; `orElse` says so where nobody can be asked.
    case question(TrustQuestion, orElse: ClientError)
}

extension TrustPolicy {
    /// Looks at the key that a server has, whatever is known of it, and goes away again. It is not told who we are.
    /// - Throws: ``ClientError`` for a server that cannot be reached, or whose certificate is wrong for another reason.
    public func look(at endpoint: Endpoint) async throws(ClientError) -> ServerLook {
        guard let name = TLSPeerName(endpoint.host) else { throw .unknownHost(endpoint.host) }
        do {
            // In conclave/1, in which nobody is told of who only comes and goes.
            let protocols = [StructuredCodec.name]
            let connection = try await ServerTrust(self).connect(to: endpoint, speaking: protocols, mayAsk: false)
            try? await connection.run(bytes: { _, _ in })
            guard let certificate = connection.agreement.peerCertificate,
                let key = KeyFingerprint(certificate.publicKeyFingerprint)
            else { throw ClientError.noHandshake(endpoint, .truncated) }
            return .vouchedFor(key)
        } catch ClientError.untrusted(_, _, let failure) {
            switch TrustBasis.authority(authority).refusal(failure, of: endpoint, expecting: name) {
            case .question(let question, let error): return .question(question, orElse: error)
            case .final(let error): throw error
            }
        } catch let error as ClientError {
            throw error
        } catch {
            throw ClientError(error, endpoint, name)
        }
    }
}

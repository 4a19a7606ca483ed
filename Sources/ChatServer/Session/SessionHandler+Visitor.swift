internal import ChatCore
internal import TLS
internal import TLSNIO

extension SessionHandler {
    /// Who comes, as the handshake has shown.
    func visitor(_ agreement: TLSAgreement?) -> Visitor {
        var visitor = Visitor(address: pass.address)
        guard let agreement else { return visitor }
        visitor.terms = shard.terms.terms(of: agreement)
        guard let certificate = agreement.peerCertificate else { return visitor }
        visitor.key = KeyFingerprint(certificate.publicKeyFingerprint)
        visitor.isOperator = visitor.key.map(shard.moderation.isOperator) ?? false
        if shard.limits.rooms.accounts.namesAreCertified { visitor.certifiedName = name(in: certificate) }
        return visitor
    }

    /// What its authority calls it.
    private func name(in certificate: TLSCertificate) -> Nickname? {
        certificate.commonName.flatMap { try? Nickname($0) }
    }
}

internal import ChatCore
internal import ChatWire
internal import TLS
internal import TLSNIO

extension SessionHandler {
    /// Who comes, as the handshake has shown.
    func visitor(_ agreement: TLSAgreement?) -> Visitor {
        var visitor = Visitor(address: pass.address)
        guard let agreement else { return visitor }
        visitor.terms = shard.terms.terms(of: agreement)
        visitor.words = words()
        guard let certificate = agreement.peerCertificate else { return visitor }
        visitor.key = KeyFingerprint(certificate.publicKeyFingerprint)
        visitor.isOperator = visitor.key.map(shard.moderation.isOperator) ?? false
        if shard.limits.rooms.accounts.namesAreCertified { visitor.certifiedName = name(in: certificate) }
        return visitor
    }

    /// What both ends can show each other; nil on TLS 1.2 without extended master secret.
    private func words() -> UInt64? {
        let (label, count) = (VerificationWords.label, VerificationWords.exportedCount)
        guard let exported = try? tls.exportKeyingMaterial(label: label, count: count) else { return nil }
        return VerificationWords(exported: exported)?.bits
    }

    /// What its authority calls it.
    private func name(in certificate: TLSCertificate) -> Nickname? {
        certificate.commonName.flatMap { try? Nickname($0) }
    }
}

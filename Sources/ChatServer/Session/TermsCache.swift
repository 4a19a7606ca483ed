internal import ChatCore
internal import TLS

/// What sessions have agreed on: one object for all that have agreed on the same. Confined to an event loop.
final class TermsCache {
    private var known: Set<TLSTerms> = []

    /// There are some dozens of ciphers and groups.
    private static let most = 1000

    func terms(of agreement: TLSAgreement) -> TLSTerms {
        let version = agreement.version.map { "\($0)" } ?? "unknown"
        let terms = TLSTerms(version: version, cipher: agreement.cipher, group: agreement.group)
        guard known.count < Self.most else { return terms }
        return known.insert(terms).memberAfterInsert
    }
}

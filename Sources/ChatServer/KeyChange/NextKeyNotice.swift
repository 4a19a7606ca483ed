internal import ChatCore
internal import ChatWire
internal import NIOConcurrencyHelpers
internal import TLS

/// What newcomers are told of the key that the server is going to have next.
///
/// It is signed when somebody is told first, and again when the certificates have changed: a signature for each place and
/// each key of now, of which there are few. On the day of the change the next key is the one that is shown, and nothing is
/// said any more.
final class NextKeyNotice: Sendable {
    private struct State {
        var listening: [ListenAddress] = []
        /// The context for whose keys ``pin`` was signed.
        var signed: TLSContext?
        var pin: NextPin?
    }

    private let key: TLSKey
    private let hosts: [ServerHost]
    private let context: @Sendable () -> TLSContext
    private let state = NIOLockedValueBox(State())

    /// - Parameter context: gives what connections are served with at the moment.
    init(_ key: TLSKey, hosts: [ServerHost], context: @escaping @Sendable () -> TLSContext) {
        self.key = key
        self.hosts = hosts
        self.context = context
    }

    /// Where the server listens is known only when it does. Signs at once, so that no event loop has to: with a long RSA key
    /// it takes a while.
    func listen(on addresses: [ListenAddress]) {
        state.withLockedValue { state in
            state.listening = addresses
            state.signed = nil
        }
        _ = pin
    }

    /// For the next welcome. From any thread.
    var pin: NextPin? {
        let context = context()
        return state.withLockedValue { state in
            if state.signed !== context {
                state.signed = context
                state.pin = sign(for: context, state.listening)
            }
            return state.pin
        }
    }

    private func sign(for context: TLSContext, _ listening: [ListenAddress]) -> NextPin? {
        let certificates = context.certificates + context.namedCertificates.flatMap(\.certificates)
        let old = Self.keys(of: certificates)
        guard let new = KeyFingerprint(key.fingerprint), !old.contains(new) else { return nil }
        let places = ServerNames(given: hosts, certificates: certificates, listening: listening).places
        // First for what clients are shown there, then for what they might be who give another name than they connect to.
        let likely = places.map { (place: $0, keys: Self.keys(of: context.certificates(for: $0.host))) }
        let others = likely.map { likely in (likely.place, old.filter { !likely.keys.contains($0) }) }
        var signatures: [NextPin.Signature] = []
        for (place, keys) in likely + others {
            for old in keys where signatures.count < NextPin.mostSignatures {
                let statement = NextPin.statement(host: place.authority, old: old, new: new)
                guard let bytes = try? key.sign(statement) else { return nil }
                signatures.append(NextPin.Signature(host: place.authority, old: old, bytes: bytes))
            }
        }
        return NextPin(pin: new, key: key.publicKey, signatures: signatures)
    }

    /// Each once, though it may be in several certificates.
    private static func keys(of certificates: [TLSCertificate]) -> [KeyFingerprint] {
        var seen: Set<KeyFingerprint> = []
        return certificates.compactMap { KeyFingerprint($0.publicKeyFingerprint) }.filter { seen.insert($0).inserted }
    }
}

import ChatClient
import ChatCore
import ChatTerminal
import TLS

/// `/status`: how the connection is, as this end of it knows.
extension CommandDesk {
    func showStatus() async {
        var facts = StatusFacts(
            server: "\(client.endpoint)",
            connection: connection,
            room: target,
            author: own,
            ownKey: ownKey?.description,
            unsent: unsent
        )
        if let agreement = client.agreement {
            facts.tlsVersion = agreement.version.map { "\($0)" }
            (facts.cipher, facts.group) = (agreement.cipher, agreement.group)
            let key = agreement.peerCertificate.flatMap { KeyFingerprint($0.publicKeyFingerprint) }
            facts.serverKey = key?.description
            facts.trust = client.basis.map { TrustGround($0, showing: key) }
            if agreement.identityWithheld { facts.ownKey = nil }
        }
        if case .success(let words)? = client.words { facts.words = "\(words)" }
        if connection == .connected { facts.roundTrip = await roundTrip() }
        for line in facts.lines(texts) { await take(.note(line)) }
    }

    /// In milliseconds; nil if nothing comes back for a while.
    private func roundTrip() async -> Double? {
        let (times, time) = AsyncStream<Duration>.makeStream()
        let began = ContinuousClock.now
        await wait(.seconds(3)) { [client] in
            guard (try? await client.ping()) != nil else { return }
            time.yield(began.duration(to: .now))
        }
        time.finish()
        for await time in times { return time / .milliseconds(1) }
        return nil
    }
}

public import ChatCore
internal import ChatWire
internal import NIOConcurrencyHelpers
internal import NIOPosix
public import TLS

/// Whom a client believes, and who it is: all that it takes to connect, for one server and any number of connections.
///
/// For a program that has nobody to ask, one of these is enough:
///
///     ServerTrust()                                                    // the authorities of this system
///     ServerTrust(TrustPolicy(authority: .authorities(file: "ca.pem")))
///     ServerTrust(TrustPolicy(pins: link.pins))                        // the keys of a join link, and nothing else
///
/// What decides is ``TrustPolicy``; it does so again for each connection, inside the handshake, before anything of ours
/// leaves. Only about the first may a user be asked.
public final class ServerTrust: Sendable {
    /// Asks a user; the answer is not ``TrustAnswer/unclear``.
    public typealias Ask = @Sendable (TrustQuestion) async -> TrustAnswer
    public typealias Tell = @Sendable (TrustNotice) async -> Void

    public let policy: TrustPolicy
    private let name: TLSPeerName?
    private let identity: OwnIdentity?
    private let knownHosts: KnownHostsFile?
    private let ask: Ask?
    private let tellUser: Tell
    private let now: @Sendable () -> Timestamp
    private let state = NIOLockedValueBox(State())

    private struct State {
        var contexts: [(TLSConfiguration, TLSContext)] = []
        /// What the user has been told: each once.
        var told: [TrustNotice] = []
    }

    /// - Parameters:
    ///   - name: what an authority has to vouch for, if it is not the host that is connected to.
    ///   - identity: who we are, if we are asked; nil: a guest.
    ///   - knownHosts: where the keys of servers are kept; nil: none are.
    ///   - now: the time by this machine's clock.
    ///   - ask: asks a user about a server that nobody vouches for; nil: nobody is there, and such a server is refused.
    ///   - tell: tells a user something that need not stop it.
    public init(
        _ policy: TrustPolicy = TrustPolicy(),
        expecting name: TLSPeerName? = nil,
        identity: OwnIdentity? = nil,
        knownHosts: KnownHostsFile? = nil,
        now: @escaping @Sendable () -> Timestamp = WallClock.now,
        ask: Ask? = nil,
        tell: @escaping Tell = { _ in }
    ) {
        self.policy = policy
        self.name = name
        self.identity = identity
        self.knownHosts = knownHosts
        self.now = now
        self.ask = ask
        tellUser = tell
    }

    // MARK: Connecting

    /// - Parameters:
    ///   - protocols: what is offered by ALPN.
    ///   - mayAsk: whether a user may be asked.
    ///   - readInterval: see ``ClientOptions/readInterval``.
    func connect(
        to endpoint: Endpoint,
        speaking protocols: [String],
        mayAsk: Bool,
        readInterval: Duration = .zero
    ) async throws(ClientError) -> ChatConnection {
        guard let name = name ?? TLSPeerName(endpoint.host) else { throw .unknownHost(endpoint.host) }
        var mayAsk = mayAsk
        while true {
            let basis = policy.basis(for: HostPort(endpoint), in: try await known())
            let tls = try await context(for: basis.tls, protocols)
            let failure: VerificationFailure
            do {
                var connection = try await ChatConnection.connect(
                    to: endpoint,
                    expecting: name,
                    tls: tls,
                    readInterval: readInterval
                )
                connection.basis = basis
                await accepted(connection, basis)
                return connection
            } catch ClientError.untrusted(_, _, let reason) {
                failure = reason
            } catch let error as ClientError {
                throw error
            } catch {
                throw ClientError(error, endpoint, name)
            }
            // That connection has ended in the handshake. If all goes well now, it is with another one.
            switch basis.refusal(failure, of: endpoint, expecting: name) {
            case .final(let error): throw error
            case .question(let question, let error):
                guard mayAsk, let ask, let knownHosts else { throw error }
                mayAsk = false
                try await keep(question, answer: await ask(question), in: knownHosts)
            }
        }
    }

    /// Nothing where it would make no difference, so that a file that cannot be read does not either.
    private func known() async throws(ClientError) -> KnownHosts {
        guard policy.looksUpKnownHosts, let knownHosts else { return KnownHosts() }
        return try await knownHosts.read()
    }

    private func keep(
        _ question: TrustQuestion,
        answer: TrustAnswer,
        in knownHosts: KnownHostsFile
    ) async throws(ClientError) {
        switch answer {
        case .yes: break
        case .no, .unclear: throw .notBelieved(question.endpoint)
        case .otherKey: throw .otherFingerprint(question.endpoint)
        }
        let (host, key, day) = (HostPort(question.endpoint), question.key, today)
        try await knownHosts.update { _ = try $0.add(key, for: host, on: day) }
        await tell(.kept(host, key))
    }

    /// Makes what a connection needs, which reads files; once for each way to decide.
    private func context(for trust: TLSTrust, _ protocols: [String]) async throws(ClientError) -> TLSContext {
        var configuration = TLSConfiguration.client(trust: trust, identity: identity?.files)
        configuration.offersIdentityBefore13 = identity?.isOfferedBefore13 ?? false
        configuration.applicationProtocols = protocols
        let made = state.withLockedValue { $0.contexts.first { $0.0 == configuration }?.1 }
        if let made { return made }
        do {
            let context = try await NIOThreadPool.singleton.runIfActive { [configuration] in
                try TLSContext(configuration)
            }
            state.withLockedValue { state in
                if state.contexts.count >= Self.mostContexts { state.contexts.removeFirst() }
                state.contexts.append((configuration, context))
            }
            return context
        } catch let error as TLSError {
            throw .setup(error)
        } catch {
            throw .setup(.setup(what: "\(error)", []))
        }
    }

    /// What is known of a server may change while its client lives.
    private static let mostContexts = 4

    // MARK: What a good connection says

    private func accepted(_ connection: ChatConnection, _ basis: TrustBasis) async {
        let endpoint = connection.endpoint
        if connection.agreement.identityWithheld { await tell(.guestOverTLS12(endpoint)) }
        guard let certificate = connection.agreement.peerCertificate else { return }
        switch basis {
        case .authority: return
        case .given: break
        case .known(let host):
            guard let key = KeyFingerprint(certificate.publicKeyFingerprint) else { return }
            if host.pins.contains(where: { $0.next?.key == key }) { await use(key, host.host) }
        }
        if certificate.notAfter < now().milliseconds / 1000 {
            await tell(.expired(endpoint, CalendarDay(seconds: certificate.notAfter)))
        }
    }

    /// The server has shown a key that it had announced.
    private func use(_ key: KeyFingerprint, _ host: HostPort) async {
        let day = today
        await write { hosts in hosts.use(key, for: host, on: day).map { .nextUsed(host, old: $0, key) } }
    }

    /// The server announces a key. That counts if it is known by the one that it has now, and the new one has signed for it.
    func learn(_ next: NextPin, from connection: ChatConnection) async {
        guard policy.looksUpKnownHosts, let knownHosts,
            let certificate = connection.agreement.peerCertificate,
            let key = KeyFingerprint(certificate.publicKeyFingerprint)
        else { return }
        let (host, day) = (HostPort(connection.endpoint), today)
        guard let known = try? await knownHosts.read()[host]?.pins.first(where: { $0.key == key }) else { return }
        guard known.next?.key != next.pin, next.pin != key else { return }
        switch next.verdict(for: host, after: key) {
        case .forged: await tell(.nextForged(host))
        case .notForHost: await tell(.nextNotForHost(host))
        case .good:
            await write { hosts in
                hosts.learn(next.pin, after: key, for: host, on: day) ? .nextLearned(host, next.pin) : nil
            }
        }
    }

    /// Writes down what changes, and tells of it; that it cannot be written ends nothing.
    private func write(_ change: @escaping @Sendable (inout KnownHosts) -> TrustNotice?) async {
        guard let knownHosts else { return }
        do {
            if let notice = try await knownHosts.update(change) { await tell(notice) }
        } catch {
            await tell(.notKept("\(error)"))
        }
    }

    private func tell(_ notice: TrustNotice) async {
        let isNews = state.withLockedValue { state in
            guard !state.told.contains(notice), state.told.count < Self.mostNotices else { return false }
            state.told.append(notice)
            return true
        }
        if isNews { await tellUser(notice) }
    }

    /// One server does not give rise to as many.
    private static let mostNotices = 32

    private var today: CalendarDay { CalendarDay(now()) }
}

import ChatClient
import ChatServer
import TLS
import TestKit
import Testing

/// Servers that want a certificate, and clients that do not have the right one.
@Suite(.timeLimit(.minutes(5))) struct NotAdmittedTests {
    /// Runs `body` with a server that lets those in for whom its own authority vouches.
    private func run(
        _ versions: ClosedRange<TLSVersion>,
        _ body: (Endpoint, ServerTrust) async throws -> Void,
        as identity: OwnIdentity?
    ) async throws {
        let fixtures = try CertificateFixtures.shared
        guard case .authorities(let file) = fixtures.ca else { throw TLSError.notOpen }
        try await TestRoom.run { configuration in
            var tls = configuration.tls.configuration
            tls.role = .server([fixtures.server], visitors: .authorities(file: file))
            tls.versions = versions
            configuration.tls = try TLSContext(tls)
        } _: { room in
            let trust = ServerTrust(TrustPolicy(authority: fixtures.ca), identity: identity)
            try await body(Endpoint(host: "localhost", port: room.port), trust)
        }
    }

    /// Under TLS 1.2 there is no alert for this that could not mean something else.
    @Test func `who has none is told so`() async throws {
        try await run(
            .v1_3 ... .v1_3,
            { endpoint, trust in
                let error = await #expect(throws: ClientError.self) {
                    _ = try await ChatClient.connect(to: endpoint, trusting: trust)
                }
                let text = error.map { "\($0)" } ?? ""
                let start = "\(endpoint) lets nobody in without a certificate that it accepts (certificate required); "
                #expect(text.hasPrefix(start), "\(text)")
            },
            as: nil
        )
    }

    @Test(arguments: [TLSVersion.v1_2, .v1_3])
    func `who has another is told so, and line by line too`(version: TLSVersion) async throws {
        let stranger = OwnIdentity(try CertificateFixtures.shared.stranger, isOfferedBefore13: true)
        try await run(
            version...version,
            { endpoint, trust in
                let error = await #expect(throws: ClientError.self) {
                    let connection = try await ChatConnection.connect(to: endpoint, trusting: trust)
                    try await LineClient(connection).run(input: { nil }, output: { _ in })
                }
                let text = error.map { "\($0)" } ?? ""
                #expect(text.contains("a certificate that it accepts (unknown CA); ask whoever runs it"))
            },
            as: stranger
        )
    }
}

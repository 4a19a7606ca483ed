import ChatClient
import ChatCore
import TLS
import TestKit
import Testing

/// By what a server is believed, as its client can say.
@Suite(.timeLimit(.minutes(5))) struct BasisTests {
    private let file: KnownHostsFile

    init() throws { file = KnownHostsFile(try TemporaryDirectory().path("known_hosts")) }

    private func basis(_ policy: TrustPolicy, at port: Int, ask: ServerTrust.Ask? = nil) async throws -> TrustBasis? {
        let trust = ServerTrust(policy, knownHosts: file, ask: ask)
        let client = try await ChatClient.connect(to: Endpoint(host: "localhost", port: port), trusting: trust)
        let basis = client.basis
        await client.close()
        return basis
    }

    @Test func `a connection knows by what its server is believed`() async throws {
        let certificate = try TLSCertificate(pemFile: CertificateFixtures.shared.server.certificateFile)
        let key = try #require(KeyFingerprint(certificate.publicKeyFingerprint))
        let ca = try CertificateFixtures.shared.ca
        try await TestRoom.run { room in
            let port = room.port
            #expect(try await basis(TrustPolicy(pins: [key]), at: port) == .given([key]))
            #expect(try await basis(TrustPolicy(authority: ca), at: port) == .authority(ca))
            let anybody = TrustPolicy(authority: .dangerouslyAcceptAny)
            #expect(try await basis(anybody, at: port) == .authority(.dangerouslyAcceptAny))
            // Who has just said yes knows it from then on.
            let host = HostPort(Endpoint(host: "localhost", port: port))
            let today = CalendarDay(WallClock.now())
            let answered = try await basis(TrustPolicy(), at: port, ask: { _ in .yes })
            guard case .known(let known) = answered else {
                Issue.record("\(String(describing: answered))")
                return
            }
            #expect(known.host == host && known.pins.map(\.key) == [key])
            #expect(known.pins.first?.added.map { $0 <= CalendarDay(WallClock.now()) && $0 >= today } == true)
            #expect(try await basis(TrustPolicy(authority: ca), at: port) == answered)
        }
    }

    @Test func `who has made the context of TLS knows better`() async throws {
        try await TestRoom.run { room in
            let client = try await ChatClient.connect(
                to: Endpoint(host: "localhost", port: room.port),
                expecting: .dns("localhost"),
                tls: .structured(trust: try CertificateFixtures.shared.ca)
            )
            #expect(client.basis == nil && client.agreement != nil)
            await client.close()
        }
    }
}

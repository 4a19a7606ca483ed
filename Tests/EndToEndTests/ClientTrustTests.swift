import TLS
import TestKit
import Testing

/// What makes `conclave` believe a certificate that it would refuse.
@Suite(.timeLimit(.minutes(5))) struct ClientTrustTests {
    @Test func theNameOfTheCertificateCanBeGiven() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.wrongHost)
            let client = try stage.conclave([
                "--text",
                "--ca", Fixtures.shared.caFile, "--server-name", "other.example", "127.0.0.1:\(server.port)",
            ])
            _ = try await client.enter()
            client.closeInput()
            #expect(await client.status() == 0)
        }
    }

    @Test func aChainIsFollowedToItsRoot() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.chained)
            let client = try stage.conclave(in: server)
            _ = try await client.enter()
        }
    }

    @Test(arguments: [
        \CertificateFixtures.wrongHost as any KeyPath<CertificateFixtures, TLSIdentity> & Sendable,
        \.stranger, \.selfSigned, \.server,
    ])
    func whoAcceptsAnyIsLetIn(identity: any KeyPath<CertificateFixtures, TLSIdentity> & Sendable) async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates[keyPath: identity])
            let client = try stage.conclave([
                "--text", "--dangerously-accept-any-certificate", "localhost:\(server.port)",
            ])
            _ = try await client.enter()
            client.closeInput()
            let finished = await client.finish()
            #expect(finished == Finished(status: 0, output: [], errors: []))
        }
    }

    @Test(arguments: [
        \CertificateFixtures.expired as any KeyPath<CertificateFixtures, TLSIdentity> & Sendable, \.notYetValid,
    ])
    func whoAcceptsAnyAcceptsTheWrongTime(
        identity: any KeyPath<CertificateFixtures, TLSIdentity> & Sendable
    ) async throws {
        try await Stage.run { stage in
            let server = try await stage.sServer(Fixtures.shared.certificates[keyPath: identity])
            let client = try stage.conclave([
                "--text", "--dangerously-accept-any-certificate", "localhost:\(server.port)",
            ])
            try client.write("hello\n")
            let heard = await server.program.lines { $0 == "hello" }
            #expect(heard.last == "hello")
        }
    }
}

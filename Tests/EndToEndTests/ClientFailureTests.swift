import TLS
import TestKit
import Testing

/// Every way in which `conclave` does not get into a room: one line, which says what to do, and a status for programs.
@Suite(.timeLimit(.minutes(5))) struct ClientFailureTests {
    private static let (failed, unavailable, protocolError, untrusted) = (Int32(1), Int32(69), Int32(76), Int32(77))

    private func expectFailure(_ program: Program, _ status: Int32, says: [String]) async {
        let finished = await program.finish()
        #expect(finished.status == status)
        #expect(finished.output == [])
        #expect(finished.errors.count == 1, "\(finished.errors)")
        let line = finished.errors.first ?? ""
        #expect(line.hasPrefix("conclave: "))
        for text in says { #expect(line.contains(text)) }
    }

    @Test func nobodyListens() async throws {
        try await Stage.run { stage in
            let closed = try TCPListener(listens: false)
            let client = try stage.conclave(["127.0.0.1:\(closed.port)"])
            let text = ["127.0.0.1:\(closed.port) refuses the connection", "is conclaved running"]
            await expectFailure(client, Self.unavailable, says: text)
            withExtendedLifetime(closed) {}
        }
    }

    @Test func thereIsNoSuchHost() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(["something.invalid"])
            await expectFailure(
                client,
                Self.unavailable,
                says: ["there is no host called something.invalid; check the spelling"]
            )
        }
    }

    @Test func theSystemDoesNotKnowTheAuthority() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let client = try stage.conclave(["localhost:\(server.port)"])
            await expectFailure(
                client,
                Self.untrusted,
                says: ["localhost:\(server.port)", "does not know who signed it", "--ca FILE"]
            )
        }
    }

    @Test func anotherAuthorityIsTrusted() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let client = try stage.conclave(["--ca", Fixtures.shared.strangerCAFile, "localhost:\(server.port)"])
            await expectFailure(client, Self.untrusted, says: ["does not know who signed it"])
        }
    }

    @Test func theCertificateSignedItself() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.selfSigned)
            await expectFailure(
                try stage.conclave(in: server),
                Self.untrusted,
                says: ["does not know who signed it", "self-signed"]
            )
        }
    }

    @Test func theCertificateIsForAnotherHost() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(for: Fixtures.shared.certificates.wrongHost)
            await expectFailure(
                try stage.conclave(in: server),
                Self.untrusted,
                says: ["is not for localhost", "--server-name NAME"]
            )
            let address = try stage.conclave(["--ca", Fixtures.shared.caFile, "127.0.0.1:\(server.port)"])
            await expectFailure(address, Self.untrusted, says: ["is not for 127.0.0.1"])
        }
    }

    @Test(arguments: [
        (\CertificateFixtures.expired as any KeyPath<CertificateFixtures, TLSIdentity> & Sendable, "it has expired"),
        (\CertificateFixtures.notYetValid, "it is not valid yet; check this machine's clock"),
    ])
    func theCertificateDoesNotHoldNow(
        identity: any KeyPath<CertificateFixtures, TLSIdentity> & Sendable,
        says: String
    ) async throws {
        try await Stage.run { stage in
            // conclaved would not start with it; OpenSSL's server does.
            let identity = try Fixtures.shared.certificates[keyPath: identity]
            let port = try await stage.sServer(identity).port
            let client = try stage.conclave(["--ca", Fixtures.shared.caFile, "localhost:\(port)"])
            await expectFailure(
                client,
                Self.untrusted,
                says: ["the certificate of localhost:\(port) is not accepted", says]
            )
        }
    }

    @Test func theAuthoritysFileIsMissing() async throws {
        try await Stage.run { stage in
            let path = try Fixtures.shared.directory.path("missing.pem")
            let client = try stage.conclave(["--ca", path])
            await expectFailure(client, Self.failed, says: [path, "No such file or directory", "give --ca"])
        }
    }

    @Test func theAuthoritysFileHoldsNone() async throws {
        try await Stage.run { stage in
            let path = try Fixtures.shared.certificates.garbage
            await expectFailure(
                try stage.conclave(["--ca", path]),
                Self.failed,
                says: [path, "holds no certificate in PEM form"]
            )
        }
    }

    @Test(arguments: ["220 mail.example ESMTP\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", ""])
    func whatAnswersIsNotTLS(answer: String) async throws {
        try await Stage.run { stage in
            let listener = try TCPListener(answering: answer)
            let client = try stage.conclave(["127.0.0.1:\(listener.port)"])
            await expectFailure(
                client,
                Self.protocolError,
                says: ["127.0.0.1:\(listener.port)", "does conclaved listen on that port?"]
            )
            withExtendedLifetime(listener) {}
        }
    }
}

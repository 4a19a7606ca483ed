import TLS
import TestKit
import Testing

/// Every reason for which `conclaved` does not start: one line, which says what to do, and status 1.
@Suite(.timeLimit(.minutes(5))) struct ServerFailureTests {
    private func expectFailure(_ arguments: [String], says: [String]) async throws {
        try await Stage.run { stage in
            let finished = try await stage.conclaved(["--listen", "127.0.0.1:0"] + arguments).finish()
            #expect(finished.status == 1)
            #expect(finished.output == [])
            #expect(finished.errors.count == 1, "\(finished.errors)")
            let line = finished.errors.first ?? ""
            #expect(line.hasPrefix("conclaved: "))
            for text in says { #expect(line.contains(text)) }
        }
    }

    private func expectFailure(
        _ identity: any KeyPath<CertificateFixtures, TLSIdentity> & Sendable,
        says text: String...
    ) async throws {
        let identity = try Fixtures.shared.certificates[keyPath: identity]
        try await expectFailure(identity.arguments, says: text)
    }

    @Test func aFileIsMissing() async throws {
        let good = try Fixtures.shared.certificates.server
        let missing = try Fixtures.shared.directory.path("missing")
        let text = ["\(missing) cannot be read: No such file or directory", "scripts/make-certs"]
        let noCertificate = TLSIdentity(certificateFile: missing, keyFile: good.keyFile)
        try await expectFailure(noCertificate.arguments, says: text)
        let noKey = TLSIdentity(certificateFile: good.certificateFile, keyFile: missing)
        try await expectFailure(noKey.arguments, says: text)
    }

    @Test func aFileHoldsSomethingElse() async throws {
        let good = try Fixtures.shared.certificates.server
        for other in [try Fixtures.shared.certificates.garbage, try Fixtures.shared.certificates.empty] {
            try await expectFailure(
                TLSIdentity(certificateFile: other, keyFile: good.keyFile).arguments,
                says: ["\(other) holds no certificate in PEM form"]
            )
            try await expectFailure(
                TLSIdentity(certificateFile: good.certificateFile, keyFile: other).arguments,
                says: ["\(other) holds no private key in PEM form"]
            )
        }
    }

    @Test func theKeyIsOfNoUse() async throws {
        try await expectFailure(\.mismatchedKey, says: "is not the key of the certificate in", "server.pem")
        try await expectFailure(\.encryptedKey, says: "encrypted with a passphrase", "openssl pkey")
        try await expectFailure(\.weakRSA, says: "weak-rsa.pem was refused: ", "too small")
    }

    @Test func theCertificateDoesNotHoldNow() async throws {
        try await expectFailure(\.expired, says: "expired.pem has expired; renew it")
        try await expectFailure(\.notYetValid, says: "not-yet-valid.pem is not valid yet; check this machine's clock")
    }

    @Test func twoKeysAreOfOneType() async throws {
        let (one, other) = try (Fixtures.shared.certificates.server, Fixtures.shared.certificates.chained)
        try await expectFailure(
            one.arguments + other.arguments,
            says: [other.keyFile, "same type as", "one ECDSA and one RSA"]
        )
    }

    @Test func theAddressCannotBeHad() async throws {
        let good = try Fixtures.shared.certificates.server.arguments + ["--log-level", "error"]
        let taken = try TCPListener()
        try await expectFailure(
            good + ["--listen", "127.0.0.1:\(taken.port)"],
            says: ["127.0.0.1:\(taken.port) is in use", "--listen"]
        )
        try await expectFailure(good + ["--listen", "192.0.2.1:0"], says: ["no address 192.0.2.1"])
        try await expectFailure(
            good + ["--listen", "something.invalid:0"],
            says: ["the host name something.invalid is not known"]
        )
        withExtendedLifetime(taken) {}
    }
}

import TLS
import TestKit
import Testing

/// Keys that are encrypted, and files that open them.
@Suite struct PassphraseTests {
    @Test(arguments: ["secret", "secret\n", "secret\r\n", "secret\nsecond line\n"])
    func `the first line opens the key`(text: String) throws {
        let pair = try TLSPair(server: .server(identity(with: text)))
        pair.pump()
        #expect(pair.client.isEstablished)
    }

    @Test(arguments: ["Secret", " secret", "secret ", "x"])
    func `another does not`(text: String) throws {
        let identity = try identity(with: text)
        let problem = TLSError.FileProblem.wrongPassphrase(file: identity.passphraseFile ?? "")
        #expect(throws: TLSError.file(path: identity.keyFile, problem)) { try TLSContext(.server(identity)) }
    }

    @Test(arguments: ["", "\n", "\nsecret\n", String(repeating: "x", count: 1_024)])
    func `a first line that is empty or endless is no passphrase`(text: String) throws {
        let identity = try identity(with: text)
        #expect(throws: TLSError.file(path: identity.passphraseFile ?? "", .noPassphrase)) {
            try TLSContext(.server(identity))
        }
    }

    @Test func `a file that is not there is named`() throws {
        var identity = try CertificateFixtures.shared.encryptedKey
        identity.passphraseFile = "/nonexistent/passphrase"
        #expect(throws: TLSError.file(path: "/nonexistent/passphrase", .unreadable("No such file or directory"))) {
            try TLSContext(.server(identity))
        }
    }

    @Test func `a key that is not encrypted needs none`() throws {
        var identity = try CertificateFixtures.shared.server
        identity.passphraseFile = try TemporaryDirectory().write("secret", to: "passphrase")
        let pair = try TLSPair(server: .server(identity))
        pair.pump()
        #expect(pair.client.isEstablished)
    }

    private func identity(with text: String) throws -> TLSIdentity {
        var identity = try CertificateFixtures.shared.encryptedKey
        identity.passphraseFile = try TemporaryDirectory().write(text, to: "passphrase")
        return identity
    }
}

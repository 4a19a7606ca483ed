import Glibc
import TLS
import TestKit
import Testing

/// Keys of our own making, against openssl(1) where there is one.
@Suite struct KeyTests {
    static let kinds = [TLSKey.Kind.p256, .ed25519]

    @Test(arguments: kinds)
    func `a key survives being written and read`(kind: TLSKey.Kind) throws {
        let key = try TLSKey.generate(kind)
        let path = try TemporaryDirectory().write(key.pem, to: "key.pem")
        let again = try TLSKey(file: path)
        #expect(again.publicKey == key.publicKey)
        #expect(again.fingerprint == key.fingerprint)
        #expect(try key.pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try TLSKey.generate(kind).fingerprint != key.fingerprint)
    }

    @Test(arguments: kinds)
    func `what it signs is its own, to the bit`(kind: TLSKey.Kind) throws {
        let key = try TLSKey.generate(kind)
        let text = Array("conclave-next-key/1\n".utf8)
        let signature = try key.sign(text)
        #expect(TLSKey.verify(signature, of: text, by: key.publicKey))
        #expect(!TLSKey.verify(signature, of: text + [0], by: key.publicKey))
        #expect(!TLSKey.verify(signature, of: [], by: key.publicKey))
        #expect(try !TLSKey.verify(signature, of: text, by: TLSKey.generate(kind).publicKey))
        for index in signature.indices {
            var forged = signature
            forged[index] ^= 1
            #expect(!TLSKey.verify(forged, of: text, by: key.publicKey))
            #expect(!TLSKey.verify(Array(signature.prefix(index)), of: text, by: key.publicKey))
        }
    }

    @Test func `what is no key verifies nothing`() throws {
        let key = try TLSKey.generate()
        let signature = try key.sign([1])
        #expect(TLSKey.verify(signature, of: [1], by: key.publicKey))
        for count in key.publicKey.indices {
            #expect(!TLSKey.verify(signature, of: [1], by: Array(key.publicKey.prefix(count))))
        }
        #expect(!TLSKey.verify(signature, of: [1], by: key.publicKey + [0]))
        #expect(!TLSKey.verify(signature, of: [1], by: Array(repeating: 0x30, count: 100_000)))
    }

    @Test func `a key that is easily broken verifies nothing`() throws {
        let weak = try TLSKey(file: CertificateFixtures.shared.weakRSA.keyFile)
        let good = try TLSKey(file: CertificateFixtures.shared.serverRSA.keyFile)
        #expect(try TLSKey.verify(good.sign([1]), of: [1], by: good.publicKey))
        #expect(try !TLSKey.verify(weak.sign([1]), of: [1], by: weak.publicKey))
    }

    @Test(arguments: kinds)
    func `a certificate of its own says who has it`(kind: TLSKey.Kind) throws {
        let key = try TLSKey.generate(kind)
        let directory = try TemporaryDirectory()
        let pem = try key.selfSignedCertificate(commonName: "J\u{fc}rgen", from: 1_000_000, to: 4_000_000_000)
        let path = try directory.write(pem + key.pem, to: "identity.pem")
        let certificate = try TLSCertificate(pemFile: path)
        #expect(certificate.commonName == "J\u{fc}rgen")
        #expect(certificate.notBefore == 1_000_000 && certificate.notAfter == 4_000_000_000)
        #expect(certificate.publicKeyFingerprint == key.fingerprint)

        let fixtures = try CertificateFixtures.shared
        let identity = TLSIdentity(certificateFile: path, keyFile: path)
        let server = TLSConfiguration(role: .server([fixtures.server], visitors: .anyKey))
        let pair = try TLSPair(client: .client(trust: fixtures.ca, identity: identity), server: server)
        pair.pump()
        #expect(pair.server.session.agreement?.peerCertificate == certificate)
    }

    @Test(arguments: ["", String(repeating: "x", count: 65)])
    func `a name that no certificate can hold is refused`(name: String) throws {
        let key = try TLSKey.generate()
        #expect(throws: TLSError.self) { try key.selfSignedCertificate(commonName: name, from: 0, to: 1) }
    }

    @Test func `a file without a key is named`() throws {
        let garbage = try CertificateFixtures.shared.garbage
        #expect(throws: TLSError.file(path: garbage, .noKey)) { try TLSKey(file: garbage) }
        let encrypted = try CertificateFixtures.shared.encryptedKey.keyFile
        #expect(throws: TLSError.file(path: encrypted, .encryptedKey)) { try TLSKey(file: encrypted) }
        let passphrase = try TemporaryDirectory().write("secret\n", to: "passphrase")
        let key = try TLSKey(file: encrypted, passphraseFile: passphrase)
        let certificate = try CertificateFixtures.shared.encryptedKey.certificateFile
        #expect(try TLSCertificate(pemFile: certificate).publicKeyFingerprint == key.fingerprint)
    }

    @Test(.enabled(if: CertificateTests.hasOpenSSL), arguments: kinds)
    func `openssl reads the key, the certificate and the signature`(kind: TLSKey.Kind) throws {
        let key = try TLSKey.generate(kind)
        let directory = try TemporaryDirectory()
        let file = try directory.write(key.pem, to: "key.pem")
        let certificate = try directory.write(
            key.selfSignedCertificate(commonName: "Ada", from: 1_000_000, to: 4_000_000_000),
            to: "certificate.pem"
        )
        let der = "openssl pkey -in '\(file)' -pubout -outform DER | openssl dgst -sha256 -r | cut -d' ' -f1"
        let digest = key.fingerprint.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(try output(of: der) == "\(digest)\n")
        #expect(try output(of: "openssl verify -CAfile '\(certificate)' '\(certificate)'") == "\(certificate): OK\n")

        let text = try directory.write("text", to: "text")
        let signature = directory.path("signature")
        let stream = try #require(fopen(signature, "w"))
        let bytes = try key.sign(Array("text".utf8))
        #expect(fwrite(bytes, 1, bytes.count, stream) == bytes.count)
        fclose(stream)
        let hash = kind == .p256 ? "-digest sha256" : ""
        let verify = "openssl pkeyutl -verify -rawin \(hash) -in '\(text)' -inkey '\(file)' -sigfile '\(signature)'"
        #expect(try output(of: verify) == "Signature Verified Successfully\n")
    }

    @Test func `a name is common only if there is one`() throws {
        let fixtures = try CertificateFixtures.shared
        #expect(try TLSCertificate(pemFile: fixtures.server.certificateFile).commonName == "localhost")
        #expect(throws: TLSError.file(path: fixtures.garbage, .noCertificate)) {
            try TLSCertificate(pemFile: fixtures.garbage)
        }
    }
}

import Glibc
import TLS
import TestKit
import Testing

/// What we read out of a certificate, against what openssl(1) reads out of it.
@Suite struct CertificateTests {
    static let hasOpenSSL = system("command -v openssl >/dev/null") == 0

    @Test func `the names are those that were put in`() throws {
        let names: [TLSPeerName] = [
            .dns("localhost"), .dns("*.example.test"), .ip("192.0.2.7"), .ip("2001:db8::7"), .ip("::1"),
        ]
        #expect(try certificate(.server(names: names), as: "names").subjectAlternativeNames == names)
    }

    @Test func `a certificate without names has none`() throws {
        let certificate = try certificate(.server().without(.alternativeNames), as: "no-names")
        #expect(certificate.subjectAlternativeNames.isEmpty)
    }

    @Test(arguments: ["J\u{fc}rgen \u{1f600}", "a,b+c=d", " x", "<b>;\\\"", "line\nbreak"])
    func `the subject keeps its characters`(name: String) throws {
        var template = CertificateTemplate.server()
        template.commonName = name
        let subject = try certificate(template, as: "subject").subject
        #expect(unescaped(subject) == "CN=\(name),O=Conclave tests")
    }

    @Test func `the dates are seconds since 1970`() throws {
        let before = Int64(time(nil))
        let certificate = try certificate(.server(validity: -100...5_000_000), as: "dates")
        let after = Int64(time(nil))
        #expect((before - 100...after - 100).contains(certificate.notBefore))
        #expect((before + 5_000_000...after + 5_000_000).contains(certificate.notAfter))
    }

    @Test func `a date beyond 2050 is read too`() throws {
        let thirtyYears = 30 * 366 * 86_400
        let certificate = try certificate(.server(validity: 0...thirtyYears), as: "far-date")
        #expect(certificate.notAfter - certificate.notBefore == Int64(thirtyYears))
    }

    @Test(.enabled(if: hasOpenSSL), arguments: ["server", "serverRSA"])
    func `the fingerprint is openssl's`(name: String) throws {
        let fixtures = try CertificateFixtures.shared
        let identity = name == "server" ? fixtures.server : fixtures.serverRSA
        let certificate = try #require(try TLSContext(.server(identity)).certificates.first)
        let file = identity.certificateFile

        let whole = try output(of: "openssl x509 -noout -fingerprint -sha256 -in '\(file)'")
        #expect(hexadecimal(whole.drop { $0 != "=" }.dropFirst().filter { $0 != ":" }) == certificate.fingerprint)

        let key = try output(
            of: "openssl x509 -noout -pubkey -in '\(file)' | openssl pkey -pubin -outform DER | openssl dgst -sha256 -r"
        )
        #expect(hexadecimal(key.prefix { $0 != " " }) == certificate.publicKeyFingerprint)
    }

    @Test(.enabled(if: hasOpenSSL))
    func `subject and dates are openssl's`() throws {
        let fixtures = try CertificateFixtures.shared
        let file = fixtures.server.certificateFile
        let certificate = try #require(try TLSContext(.server(fixtures.server)).certificates.first)
        let subject = try output(of: "openssl x509 -noout -subject -nameopt RFC2253,utf8 -in '\(file)'")
        #expect(subject == "subject=\(certificate.subject)\n")
        let end = try output(of: "date -d \"$(openssl x509 -noout -enddate -in '\(file)' | cut -d= -f2)\" +%s")
        #expect(end == "\(certificate.notAfter)\n")
    }

    @Test func `a renewed certificate is another, even for the same names`() throws {
        let first = try certificate(.server(), as: "renewed-1")
        let second = try certificate(.server(), as: "renewed-2")
        #expect(first.subject == second.subject)
        #expect(first.fingerprint != second.fingerprint)
        #expect(first.publicKeyFingerprint != second.publicKeyFingerprint)
        #expect(first.fingerprint.count == 32 && first.publicKeyFingerprint.count == 32)
    }

    @Test func `the client sees the certificate that the server loaded`() throws {
        let pair = try TLSPair()
        pair.pump()
        let loaded = pair.server.session.context.certificates.first
        #expect(loaded != nil)
        #expect(pair.client.session.agreement?.peerCertificate == loaded)
    }

    private func certificate(_ template: CertificateTemplate, as name: String) throws -> TLSCertificate {
        let authority = try CertificateFixtures.shared.authority
        let identity = try authority.issue(template).write(to: TemporaryDirectory(), as: name)
        return try #require(try TLSContext(.server(identity)).certificates.first)
    }

    /// Undoes RFC 2253's escapes: a backslash before a special character, or before two hexadecimal digits.
    private func unescaped(_ text: String) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if digits.count == 2, digits.allSatisfy(\.isHexDigit) {
                result += hexadecimal(digits)
                rest = rest.dropFirst(2)
            } else if let special = rest.popFirst() {
                result.append(special)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func hexadecimal(_ text: some StringProtocol) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

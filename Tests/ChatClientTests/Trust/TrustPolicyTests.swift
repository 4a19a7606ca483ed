import ChatCore
import TestKit
import Testing

@testable import ChatClient
@testable import TLS

/// What decides about a server, and what becomes of one that is not believed.
@Suite struct TrustPolicyTests {
    private let endpoint = Endpoint(host: "chat.example.org")

    private func known(_ text: String) throws -> KnownHosts { try KnownHosts(text.utf8) }

    private func failure(_ reason: VerificationFailure.Reason) throws -> VerificationFailure {
        let certificate = try TLSCertificate(pemFile: CertificateFixtures.shared.stranger.certificateFile)
        return VerificationFailure(code: 1, text: "so it is", reason: reason, certificate: certificate)
    }

    @Test func `keys that are given come first, then those that are known, then the authority`() throws {
        let (a, b) = (try Keys.key("a"), try Keys.key("b"))
        let host = HostPort(endpoint)
        let known = try known("chat.example.org:2022 \(b)\nchat.example.org:2023 \(a)\n")
        #expect(TrustPolicy(pins: [a]).basis(for: host, in: known) == .given([a]))
        #expect(TrustPolicy().basis(for: host, in: known) == .known(KnownHost(host, [KnownPin(b)])))
        #expect(TrustPolicy(authority: .authorities(file: "x")).basis(for: host, in: known).tls == .pins([b.bytes]))
        #expect(TrustPolicy().basis(for: try Keys.host("chat.example.org:1"), in: known) == .authority(.system))
        #expect(TrustPolicy().basis(for: host, in: KnownHosts()) == .authority(.system))
    }

    @Test func `who believes anybody is refused nobody, but keys that are given hold`() throws {
        let a = try Keys.key("a")
        let known = try known("chat.example.org:2022 \(a)")
        let any = TrustPolicy(authority: .dangerouslyAcceptAny)
        #expect(any.basis(for: HostPort(endpoint), in: known) == .authority(.dangerouslyAcceptAny))
        let both = TrustPolicy(pins: [a], authority: .dangerouslyAcceptAny)
        #expect(both.basis(for: HostPort(endpoint), in: known).tls == .pins([a.bytes]))
    }

    @Test func `a key that was announced is as good as the one that it comes after`() throws {
        let (a, b, c) = (try Keys.key("a"), try Keys.key("b"), try Keys.key("c"))
        let known = try known("chat.example.org:2022 \(a) next \(b) \(c)")
        #expect(TrustPolicy().basis(for: HostPort(endpoint), in: known).tls == .pins([a.bytes, b.bytes, c.bytes]))
    }

    @Test(arguments: [
        VerificationFailure.Reason.expired, .notYetValid, .wrongName, .revoked, .other, .unknownAuthority,
    ])
    func `only an unknown authority is asked about`(reason: VerificationFailure.Reason) throws {
        let refusal = TrustBasis.authority(.system).refusal(
            try failure(reason),
            of: endpoint,
            expecting: .dns("chat.example.org")
        )
        let error = ClientError.untrusted(endpoint, expected: .dns("chat.example.org"), try failure(reason))
        switch refusal {
        case .question(let question, let orElse):
            #expect(reason == .unknownAuthority)
            #expect(orElse == error)
            #expect(question.key.bytes == question.certificate.publicKeyFingerprint)
        case .final(let final):
            #expect(reason != .unknownAuthority)
            #expect(final == error)
        }
    }

    @Test func `where there is a key nobody is asked, whatever is wrong`() throws {
        for reason in [VerificationFailure.Reason.wrongKey, .unknownAuthority, .other] {
            for basis in [TrustBasis.given([try Keys.key("a")]), .known(KnownHost(HostPort(endpoint), []))] {
                let refusal = basis.refusal(try failure(reason), of: endpoint, expecting: .dns("x"))
                guard case .final = refusal else {
                    Issue.record("\(refusal)")
                    return
                }
            }
        }
    }

    @Test func `a changed key is told in full`() throws {
        let (a, b, c) = (try Keys.key("a"), try Keys.key("b"), try Keys.key("c"))
        let next = KnownPin.Next(b, learned: try Keys.day("2026-12-24"))
        let pin = KnownPin(a, added: try Keys.day("2026-11-30"), next: next)
        let error = ClientError.changedKey(endpoint, KeyChange(expected: [pin], shown: c))
        #expect(
            "\(error)" == """
                THE KEY OF chat.example.org:2022 HAS CHANGED. Nothing was sent to it.
                  known:    \(a) since 2026-11-30
                  next:     \(b), announced on 2026-12-24
                  it shows: \(c)
                Either whoever runs it has changed the key and did not announce that, or somebody sits between you and the server.
                Ask whoever runs it what the fingerprint is now, by another way than through this connection.
                If, and only if, it is the one above:
                  conclave trust remove chat.example.org:2022
                  conclave trust add chat.example.org:2022 \(c)
                """
        )
        #expect(error.isFinal)
    }

    @Test func `what a certificate says of itself is shown clean, and in part if it is much`() throws {
        var template = CertificateTemplate.server(names: (0..<20).map { .dns("a\($0).example") })
        template.commonName = "\u{1B}[2Jevil\u{202E}"
        let directory = try TemporaryDirectory()
        let files = try IssuedCertificate.selfSigned(template).write(to: directory, as: "x")
        let certificate = try TLSCertificate(pemFile: files.certificateFile)
        let key = try #require(KeyFingerprint(certificate.publicKeyFingerprint))
        let name = TLSPeerName.dns("chat.example.org")
        let question = TrustQuestion(endpoint, expecting: name, certificate, key, because: "self-signed certificate")
        let lines = question.lines(on: try Keys.day("9998-01-01"))
        #expect(lines.contains("  fingerprint  \(key)"))
        #expect(lines.contains { $0.hasSuffix("a7.example and 12 more") })
        #expect(lines.contains { $0.contains("which is over") })
        #expect(lines.contains { $0.contains("it is not for chat.example.org") })
        #expect(lines.contains { $0.contains("evil") })
        for line in lines { #expect(CleanText(line).string == line) }
    }
}

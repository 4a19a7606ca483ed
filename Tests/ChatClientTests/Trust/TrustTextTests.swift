import ChatCore
import TLS
import TestKit
import Testing

@testable import ChatClient

/// Servers in one spelling, days, and what users answer.
@Suite struct TrustTextTests {
    @Test(
        arguments: [
            ("Chat.Example.ORG:2022", "chat.example.org:2022"), ("chat.example.org.:2022", "chat.example.org:2022"),
            ("[::1]:2022", "[::1]:2022"), ("[2001:DB8:0:0::1]:1", "[2001:db8::1]:1"),
            ("127.0.0.1:65535", "127.0.0.1:65535"),
            ("localhost", nil), ("::1:2022", nil), ("[::1]", nil), ("a:0", nil), ("a:65536", nil), (":1", nil),
            ("a b:1", nil),
            ("a:1\n", nil), ("a:01", nil),
        ] as [(String, String?)]
    )
    func `a server has one spelling`(text: String, spelling: String?) {
        #expect(HostPort(text)?.description == spelling)
    }

    @Test func `how an endpoint is written makes no difference`() {
        #expect(HostPort(Endpoint(host: "LOCALHOST.")) == HostPort("localhost:2022"))
        #expect(HostPort(Endpoint(host: "0:0::1", port: 5)) == HostPort("[::1]:5"))
    }

    @Test func `days are those of the calendar`() throws {
        #expect(CalendarDay(seconds: 1_796_010_000).description == "2026-11-30")
        #expect(CalendarDay(seconds: .max).description == "9999-12-31")
        #expect(CalendarDay(seconds: .min).description == "0000-01-01")
        #expect(CalendarDay("2026-02-29") == nil)
        #expect(CalendarDay("2024-02-29") != nil)
        #expect(try Keys.day("2026-11-30") < Keys.day("2026-12-01"))
    }

    @Test func `the server's certificate is told in one line, and when it has to be renewed`() throws {
        let certificate = try TLSCertificate(pemFile: CertificateFixtures.shared.server.certificateFile)
        func summary(before seconds: Int64) -> String {
            CertificateFacts(certificate).summary(at: certificate.notAfter - seconds)
        }
        let (key, end) = (KeyFingerprint(certificate.publicKeyFingerprint), CalendarDay(seconds: certificate.notAfter))
        let start = "the server's key: \(try #require(key)); its certificate "
        #expect(summary(before: 14 * 86_400) == start + "holds until \(end)")
        #expect(summary(before: 14 * 86_400 - 1) == start + "holds until \(end): whoever runs it has to renew it")
        #expect(summary(before: -1) == start + "has expired, on \(end): whoever runs it has to renew it")
    }

    @Test(
        arguments: [
            ("yes", .yes), (" YES \r\n", .yes), ("y", .unclear), ("", .unclear), ("no", .no), ("n", .no),
            ("ja", .unclear),
            ("sha256:" + String(repeating: "a", count: 64), .yes),
            ("SHA256:" + String(repeating: "A", count: 64), .yes),
            (String(repeating: "a", count: 64), .yes), ("sha256:" + String(repeating: "b", count: 64), .otherKey),
            ("sha256:" + String(repeating: "a", count: 63), .otherKey), (String(repeating: "a", count: 63), .otherKey),
            ("aaaa", .unclear), ("sha256:aa…", .otherKey),
        ] as [(String, TrustAnswer)]
    )
    func `only yes, or the whole fingerprint, is a yes`(text: String, answer: TrustAnswer) throws {
        #expect(TrustAnswer(text, to: try Keys.key("a")) == answer)
    }
}

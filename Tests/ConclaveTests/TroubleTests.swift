import ChatClient
import ChatCore
import ChatTerminal
import ChatWire
import TestKit
import Testing

@testable import TLS
@testable import conclave

/// The errors of a connection as a person is told of them.
@Suite struct TroubleTests {
    private let here = Endpoint(host: "a.example")
    private let chinese = Texts(.chinese)
    private let english = Texts(.english)

    private func key(_ byte: UInt8 = 7) throws -> KeyFingerprint {
        try #require(KeyFingerprint([UInt8](repeating: byte, count: 32)))
    }

    private func errors() throws -> [ClientError] {
        let change = KeyChange(
            expected: [KnownPin(try key(), added: CalendarDay("2026-01-02"), next: .init(try key(9)))],
            shown: try key(8)
        )
        let reasons: [VerificationFailure.Reason] = [
            .expired, .notYetValid, .wrongName, .unknownAuthority, .wrongKey, .revoked, .other,
        ]
        let certificate = try TLSCertificate(pemFile: CertificateFixtures.shared.selfSigned.certificateFile)
        return [
            .unknownHost("a"), .refused(here), .timedOut(here), .unreachable(here, "…"), .wrongKey(here, change),
            .changedKey(here, change), .notBelieved(here), .otherFingerprint(here), .knownHosts(path: "a", "…"),
            .identity(path: "a", "…"), .setup(.setting("…")), .noHandshake(here, .truncated),
            .noHandshake(here, .notOpen), .notAdmitted(here, TLSAlert(number: 42, text: "…")), .cutOff(here),
            .ended(here), .notAllSaid, .noName(try Nickname("alice")), .noEntry(.lobby), .noStructuredProtocol(here),
            .silent(here), .notUnderstood(here, "…"), .givenUp(here),
        ] + Closing.Reason.allCases.map { .closing(here, Closing($0, "…")) }
            + reasons.map { reason in
                let failure = VerificationFailure(code: 1, text: "…", reason: reason, certificate: certificate)
                return .untrusted(here, expected: .dns("a.example"), failure)
            }
    }

    @Test func `in English it is what the client says, and in Chinese something else`() throws {
        for error in try errors() {
            let trouble = Trouble(error)
            #expect(english.trouble(trouble) == Complaint.advice(on: error))
            #expect(isChinese(chinese.trouble(trouble)), "\(error)")
        }
        let requests: [RequestError] = [
            .refused(StructuredError(.noAccount, "…")), .interrupted, .ended(nil), .ended(.cutOff(here)), .cancelled,
            .unread, .notUnderstood,
        ]
        for error in requests {
            #expect(english.trouble(Trouble(error)) == "\(error)")
            #expect(isChinese(chinese.trouble(Trouble(error))), "\(error)")
        }
    }

    @Test func `every code of the protocol has Chinese words`() {
        for code in StructuredError.Code.known where code != .refused {
            let words = chinese.trouble(Trouble(StructuredError(code, "in the server's words", seconds: 3)))
            #expect(isChinese(words) && !words.contains("server"), "\(code)")
        }
        let message = "in the\u{1B}[2J\nserver's words"
        #expect(
            english.trouble(Trouble(StructuredError(.noKey, message))) == "in the\u{FFFD}[2J\u{FFFD}server's words"
        )
    }

    @Test func `the events of a connection come in the user's language`() throws {
        let alice = try Nickname("alice")
        let name = ChatEvent.notice(.name(alice, isKept: false, message: "it is not kept"))
        let events: [ChatEvent] = [
            .notEntered(.lobby, StructuredError(.roomFull, "it is full")),
            .nameLost(alice, StructuredError(.nameTaken, "it is taken")),
            .state(.waiting(.seconds(1), because: .refused(here))), .state(.failed(.ended(here))), name,
        ]
        for event in events {
            var plain = PlainTranscript(look: Look(width: 80, texts: chinese, time: .off, utcOffset: { _ in 0 }))
            guard let (happening, room) = Happening.of(event) else {
                Issue.record("\(event)")
                continue
            }
            let lines = plain.lines(of: happening, in: room, at: Timestamp(milliseconds: 0)).map(\.string)
            #expect(lines.count == 1 && !lines[0].contains(" is "), "\(lines)")
        }
    }

    // MARK: Trust

    @Test func `what is known of a server comes in the user's language`() throws {
        let host = HostPort(here)
        let day = try #require(CalendarDay("2026-01-02"))
        let notices: [TrustNotice] = [
            .kept(host, try key()), .expired(here, day), .nextLearned(host, try key()),
            .nextUsed(host, old: KnownPin(try key(), next: .init(try key(9), learned: day)), try key(9)),
            .nextForged(host), .nextNotForHost(host), .notKept("…"), .guestOverTLS12(here),
        ]
        for notice in notices {
            #expect(english.news(TrustNews(notice)) == "\(notice)")
            #expect(isChinese(chinese.news(TrustNews(notice))))
        }
    }

    @Test func `by what a server is believed`() throws {
        let day = try #require(CalendarDay("2026-01-02"))
        let pin = KnownPin(try key(), added: day, next: .init(try key(9), learned: day))
        let known = TrustBasis.known(KnownHost(HostPort(here), [pin]))
        #expect(TrustGround(known, showing: try key()) == .known(since: "2026-01-02"))
        #expect(TrustGround(known, showing: try key(9)) == .announced(on: "2026-01-02"))
        #expect(TrustGround(.given([try key()]), showing: try key()) == .pin)
        #expect(TrustGround(.authority(.system), showing: try key()) == .authority(file: nil))
        #expect(TrustGround(.authority(.authorities(file: "ca.pem")), showing: nil) == .authority(file: "ca.pem"))
        #expect(TrustGround(.authority(.dangerouslyAcceptAny), showing: nil) == .anybody)
    }

    @Test func `a question about a server has the facts of its certificate`() throws {
        let certificate = try TLSCertificate(pemFile: CertificateFixtures.shared.selfSigned.certificateFile)
        let question = TrustQuestion(here, expecting: .dns("a.example"), certificate, try key(), because: "…")
        let server = UnknownServer(question, on: CalendarDay(WallClock.now()))
        let key = "\(try key())"
        #expect(server.server == "a.example:2022" && server.fingerprint == key)
        #expect(server.names.first == "localhost" && server.missing == "a.example" && !server.isOver)
        let lines = question.lines(on: CalendarDay(WallClock.now()))
        #expect(english.unknownServer(server, english: lines) == lines)
    }

    private func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }
}

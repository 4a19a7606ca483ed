import ChatCore
import ChatTerminal
import Testing

/// What commands about keys and names answer, in both languages.
@Suite struct IdentityTextTests {
    private let alice = Author(MemberID(1), name: Drawing.alice.name, isVerified: true)

    private func key() throws -> KeyFingerprint {
        try #require(KeyFingerprint([UInt8](repeating: 0xAB, count: 32)))
    }

    private func text(_ answer: Answer, _ language: Language) -> [String] {
        Texts(language).answer(answer).map(\.string)
    }

    @Test func `who somebody is`() throws {
        let terms = TLSTerms(version: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256", group: "X25519")
        let devices = [
            DeviceProfile(key: try key(), terms: terms, address: nil),
            DeviceProfile(key: nil, terms: nil, address: nil),
        ]
        let profile = Profile(author: alice, isOperator: true, idle: 120, devices: devices)
        #expect(
            text(.whois(profile), .english) == [
                "alice  ✓ the name is kept for this key, UID:1, operator, idle for 2m",
                "  \(try key()), TLSv1.3, TLS_AES_128_GCM_SHA256, X25519",
                "  no key",
            ]
        )
        #expect(text(.whois(profile), .chinese).first == "alice  ✓ 这个名字为此密钥保留，UID:1，操作员，2分钟没有动静")
        let nobody = Profile(author: Author(MemberID(7)), isOperator: false, idle: 0, devices: [])
        #expect(text(.whois(nobody), .english) == ["7"])
    }

    @Test func `what is kept for one`() throws {
        let name = try Nickname("alice")
        let status = OwnStatus(author: alice, isOperator: false, key: try key(), terms: nil, names: [name], keys: 2)
        #expect(
            text(.status(status), .english) == [
                "you are alice", "your key: \(try key()), one of 2 of your account", "kept for you: alice",
            ]
        )
        let kept = Answer.reservation(.kept(name, seconds: 7_776_000))
        #expect(text(kept, .english)[0].hasPrefix("the name alice is kept for your key now, until you have not been"))
        #expect(text(kept, .chinese) == ["名字 alice 现在为你的密钥保留，直到你90天没有来过；/release alice 放弃"])
        #expect(
            text(.reservation(.notKept(name, .ofOne(limit: 4))), .english) == [
                "the name alice is not kept for your key: 4 are already; /release NAME gives one back"
            ]
        )
        #expect(text(.released(name), .chinese) == ["名字 alice 不再为任何人保留"])
        #expect(text(.linked([name]), .english) == ["your key is one of the account's now; its names: alice"])
        #expect(text(.linked([]), .chinese) == ["你的密钥现在属于这个账户"])
        #expect(
            text(.admitted(try key(), name), .english) == ["\(try key()) may come in now, and alice is kept for it"]
        )
        let code = try #require(LinkCode("7GQ4-X0MZ"))
        #expect(
            text(.code(code, seconds: 600), .english) == [
                "7GQ4-X0MZ: on the other device, once, within 10m: /link 7GQ4-X0MZ"
            ]
        )
    }

    @Test func `words to compare`() {
        let english = Texts(.english)
        #expect(
            english.words(of: alice, ["a b c d", "e f g h"]).string
                == "the words of alice, as the server sees them: a b c d; or: e f g h"
        )
        #expect(english.ownWords(nil).string == "this connection has no words to compare")
        #expect(Texts(.chinese).ownWords("a b c d").string == "本端看到的本连接验证词：a b c d")
    }
}

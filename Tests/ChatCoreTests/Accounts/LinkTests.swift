import ChatCore
import TestKit
import Testing

/// More keys for one account, and what one may know of keys.
@Suite struct LinkTests {
    private let party = Party()
    private let owner: SessionID
    private let alice: Nickname

    init() throws {
        alice = try Nickname("alice")
        owner = party.come(with: .number(1)).session
        _ = party.run(owner, .name(alice))
    }

    private func code() throws -> LinkCode {
        guard case .code(let code, 600)? = party.run(owner, .makeCode).answers(to: owner).first else {
            throw Party.Unexpected(outcomes: [])
        }
        return code
    }

    @Test func `a code adds one key, once`() throws {
        let code = try code()
        let (second, _) = party.come(with: .number(2))
        #expect(party.run(second, .useCode(code)).answers(to: second) == [.linked([alice])])
        let (third, _) = party.come(with: .number(3))
        #expect(party.refusal(third, .useCode(code)) == .wrongCode)
        #expect(party.run(second, .name(alice)).refusals.isEmpty)
        #expect(party.refusal(second, .useCode(code)) == .hasAccount)
    }

    @Test func `it is good for ten minutes, and until there is another`() throws {
        let old = try code()
        let new = try code()
        let (second, _) = party.come(with: .number(2))
        #expect(party.refusal(second, .useCode(old)) == .wrongCode)
        party.pass(seconds: 600)
        #expect(party.refusal(second, .useCode(new)) == .wrongCode)
        let late = try code()
        party.pass(seconds: 599)
        #expect(party.refusal(second, .useCode(late)) == nil)
    }

    @Test func `who has no key, or no account, has no code`() throws {
        #expect(party.refusal(try party.arrive(), .makeCode) == .noKey)
        #expect(party.refusal(try party.arrive(), .useCode(try code())) == .noKey)
        #expect(party.refusal(party.come(with: .number(2)).session, .makeCode) == .noAccount)
        #expect(party.refusal(owner, .useCode(try code())) == .hasAccount)
    }

    @Test func `nobody tries for long`() throws {
        let good = try code()
        let bad = try #require(LinkCode("0000-0000"))
        let address = Address("192.0.2.1")
        let (first, _) = party.come(with: .number(2), from: address)
        for _ in 0..<5 { #expect(party.refusal(first, .useCode(bad)) == .wrongCode) }
        #expect(party.refusal(first, .useCode(good)) == .tooManyCodes)
        let (second, _) = party.come(with: .number(3), from: address)
        for _ in 0..<5 { #expect(party.refusal(second, .useCode(bad)) == .wrongCode) }
        #expect(party.refusal(party.come(with: .number(4), from: address).session, .useCode(good)) == .tooManyCodes)
        let (third, _) = party.come(with: .number(5), from: Address("192.0.2.2"))
        #expect(party.run(third, .useCode(good)).refusals.isEmpty)
    }

    @Test func `an account has eight keys at most`() throws {
        for number: UInt8 in 2...8 {
            let (session, _) = party.come(with: .number(number))
            #expect(party.run(session, .useCode(try code())).refusals.isEmpty)
        }
        #expect(party.refusal(owner, .makeCode) == .tooMany("keys of your account", limit: 8))
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `a code is read as people write it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let digits = (0..<8).map { _ in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".randomElement(using: &random) ?? "0" }
        let code = try #require(LinkCode(String(digits)))
        #expect(code.text == String(digits.prefix(4)) + "-" + String(digits.suffix(4)))
        for text in [code.text, code.text.lowercased(), String(digits), code.text.replacing("1", with: "l")] {
            #expect(LinkCode(text) == code)
        }
        #expect(LinkCode(code.text.replacing("0", with: "O")) == code)
        #expect("\(code)" == "(code)")
        for text in ["", "1234567", "123456789", "1234-567U", "1234-567é"] { #expect(LinkCode(text) == nil) }
    }

    @Test func `whois shows keys to all, and addresses to operators`() throws {
        let terms = TLSTerms(version: "TLSv1.3", cipher: "TLS_AES_128_GCM_SHA256", group: "X25519")
        let address = Address("192.0.2.1")
        let bob = SessionID(shard: 0, serial: 99)
        _ = party.run(bob, .arrive(Visitor(address: address, key: .number(9), terms: terms)))
        func devices(_ asker: SessionID) throws -> [DeviceProfile] {
            guard case .whois(let profile)? = party.run(asker, .whois(.number(MemberID(2)))).answers(to: asker).first
            else {
                throw Party.Unexpected(outcomes: [])
            }
            return profile.devices
        }
        #expect(try devices(owner) == [DeviceProfile(key: .number(9), terms: terms, address: nil)])
        #expect(try devices(bob) == [DeviceProfile(key: .number(9), terms: terms, address: address)])
        _ = party.run(owner, .becomeOperator)
        #expect(try devices(owner) == [DeviceProfile(key: .number(9), terms: terms, address: address)])
    }

    @Test func `the words of all connections that one is on are asked for`() throws {
        let bob = SessionID(shard: 0, serial: 99)
        _ = party.run(bob, .arrive(Visitor(key: .number(9))))
        let outcomes = party.run(owner, .verify(.number(MemberID(2))))
        #expect(outcomes.contains(.verifies(owner, Author(MemberID(2)), of: [bob])))
        #expect(party.run(bob, .verify(nil)).contains(.verifies(bob, Author(MemberID(2)), of: [bob])))
    }
}

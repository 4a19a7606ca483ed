import ChatCore
import TestKit
import Testing

@testable import ChatWire

@Suite struct NextPinTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `bytes are written as RFC 4648 has them`(bytes: String, text: String) {
        #expect(Base64Text.encode(Array(bytes.utf8)) == text)
        #expect(Base64Text.decode(text) == Array(bytes.utf8))
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zh==", "Zm9=", "=", "====", "Z===", "Zg==Zg==", "Zm9v\n", "Zm-_", "Zm 9", "Zg=g", "ZgÄ",
    ])
    func `what is not written so is refused`(text: String) {
        #expect(Base64Text.decode(text) == nil)
    }

    @Test(arguments: SeededGenerator.seeds(50)) func `all bytes come back`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = random.bytes(Int.random(in: 0...100, using: &random))
        #expect(Base64Text.decode(Base64Text.encode(bytes)) == bytes)
    }

    @Test func `the statement is what others have to sign as well`() throws {
        let old = try #require(KeyFingerprint([UInt8](repeating: 0xAB, count: 32)))
        let new = try #require(KeyFingerprint([UInt8](repeating: 0x01, count: 32)))
        let expected =
            "conclave-next-key/1\n[::1]:2022\nsha256:" + String(repeating: "ab", count: 32) + "\nsha256:"
            + String(repeating: "01", count: 32) + "\n"
        #expect(NextPin.statement(host: "[::1]:2022", old: old, new: new) == Array(expected.utf8))
    }

    @Test(arguments: [
        #"{"key":"","signatures":[]}"#, #"{"pin":"sha256:00","key":"","signatures":[]}"#,
        #"{"pin":"PIN","key":"x","signatures":[]}"#, #"{"pin":"PIN","key":"","signatures":{}}"#,
        #"{"pin":"PIN","key":"","signatures":[{"host":"h:1","old":"PIN"}]}"#, #""PIN""#, "7",
    ])
    func `one that lacks something spoils the welcome`(text: String) {
        let text = text.replacing("PIN", with: "sha256:" + String(repeating: "0", count: 64))
        let welcome = """
            {"event":"welcome","server":"s","uid":1,"session":"\(String(repeating: "0", count: 32))","address":"a",\
            "limits":{"line":1,"frame":1,"messages":1,"burst":1,"rooms":1},"next_pin":
            """
        #expect(throws: JSONProblem.self) { try StructuredFrame(Array((welcome + text + "}").utf8).span.bytes) }
        #expect(throws: Never.self) { try StructuredFrame(Array((welcome + "null}").utf8).span.bytes) }
    }
}

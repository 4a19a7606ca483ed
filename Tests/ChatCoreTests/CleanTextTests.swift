import ChatCore
import TestKit
import Testing

@Suite struct CleanTextTests {
    @Test(
        arguments: [
            "hello, world",
            "grüß Gott, mañana, e\u{301}",  // the last one decomposed, and it stays so
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}",  // a family, held together by ZWJ
            "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}",  // Persian "I want", with ZWNJ
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",  // the flag of Scotland
            "日本語 한국어 עברית العربية ไทย",
            "  leading and trailing  ",
            "",
        ])
    func `what people write passes unchanged`(text: String) {
        #expect(CleanText(text).string.scalars == text.scalars)
        #expect(CleanText(bytes: Array(text.utf8)).string.scalars == text.scalars)
    }

    @Test(
        arguments: [
            ("a byte that never occurs", [0xFF], 1),
            ("two of them", [0xFE, 0xFF], 2),
            ("a continuation without a start", [0x80], 1),
            ("CSI as one raw byte", [0x9B], 1),
            ("an overlong slash", [0xC0, 0xAF], 2),
            ("an overlong NUL of three bytes", [0xE0, 0x80, 0x80], 3),
            ("an overlong euro of four bytes", [0xF0, 0x82, 0x82, 0xAC], 4),
            ("a surrogate", [0xED, 0xA0, 0x80], 3),
            ("beyond the last scalar", [0xF4, 0x90, 0x80, 0x80], 4),
            ("a euro cut after one byte", [0xE2], 1),
            ("a euro cut after two bytes", [0xE2, 0x82], 1),
            ("an emoji cut after three bytes", [0xF0, 0x9F, 0x98], 1),
        ] as [(String, [UInt8], Int)]
    )
    func `invalid UTF-8 becomes U+FFFD, one for each maximal piece`(name: String, bytes: [UInt8], pieces: Int) {
        let replacement = String(repeating: "\u{FFFD}", count: pieces)
        #expect(CleanText(bytes: bytes).string.scalars == replacement.scalars)
        let between = Array("a".utf8) + bytes + Array("b".utf8)
        #expect(CleanText(bytes: between).string.scalars == "a\(replacement)b".scalars)
    }

    @Test func `CR and LF are two scalars, although Swift takes them for one character`() {
        #expect(CleanText("a\r\nb").string.scalars == "a\u{FFFD}\u{FFFD}b".scalars)
    }

    @Test func `a mark that joins a forbidden scalar does not carry it through`() {
        #expect(CleanText("\u{202E}\u{301}\u{1B}\u{200D}").string.scalars == "\u{FFFD}\u{301}\u{FFFD}\u{200D}".scalars)
    }

    @Test func `text is empty when nothing that shows is left of it`() {
        #expect(CleanText("").isEmpty)
        #expect(CleanText("\u{200B}\u{2060}\u{FEFF}").isEmpty)
        #expect(!CleanText(" ").isEmpty)
        #expect(!CleanText("\u{0}").isEmpty)
    }

    @Test func `each byte alone is the same by the fast way and by the slow`() {
        for byte in UInt8.min...UInt8.max {
            let slow = CleanText(String(decoding: [byte], as: UTF8.self))
            #expect(CleanText(bytes: [byte]).string.scalars == slow.string.scalars)
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `random bytes become clean text, and clean text stays as it is`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let bytes = Self.bytes(using: &random)
            let clean = CleanText(bytes: bytes)
            #expect(!clean.string.unicodeScalars.contains { TableRow.byValue[$0] != nil }, "\(bytes)")
            #expect(CleanText(clean.string).string.scalars == clean.string.scalars, "\(bytes)")
            #expect(CleanText(bytes: Array(clean.string.utf8)).string.scalars == clean.string.scalars, "\(bytes)")
            let slow = CleanText(String(decoding: bytes, as: UTF8.self))
            #expect(clean.string.scalars == slow.string.scalars, "\(bytes)")
        }
    }

    /// Bytes of any value, or printable ASCII with at most a few others in it: the fast way ends at the first of them.
    private static func bytes(using random: inout SeededGenerator) -> [UInt8] {
        let count = Int.random(in: 0...60, using: &random)
        if random.once(in: 3) { return random.bytes(count) }
        var bytes = (0..<count).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let odd: [UInt8] = [0x00, 0x09, 0x1B, 0x1F, 0x7F, 0x80, 0x9B, 0xC2, 0xE2, 0xFF]
            let place = Int.random(in: 0...bytes.count, using: &random)
            bytes.insert(odd.randomElement(using: &random) ?? 0, at: place)
        }
        return bytes
    }
}

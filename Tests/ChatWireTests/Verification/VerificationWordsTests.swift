import ChatWire
import Testing

@Suite struct VerificationWordsTests {
    @Test(arguments: [
        (0, "aardvark aardvark aardvark aardvark"), (1, "aardvark aardvark aardvark ability"),
        (1 << 33, "ability aardvark aardvark aardvark"), (0x123_4567_89AB, "birthday pennant panther desk"),
        (0xFED_CBA9_8765, "zigzag towel pink twine"), (0xFFF_FFFF_FFFF, "zucchini zucchini zucchini zucchini"),
    ])
    func `44 bits are four words`(bits: UInt64, text: String) {
        let words = VerificationWords(bits: bits)
        #expect(words.description == text)
        #expect(words.bits == bits)
        // What is above them changes nothing.
        #expect(VerificationWords(bits: bits | 0xFFFF_F << 44) == words)
    }

    @Test(arguments: [
        ([0, 1, 2, 3, 4, 5], "aardvark arm lush arm"),
        ([0xDE, 0xAD, 0xBE, 0xEF, 0xCA, 0xFE], "ten jar round nuzzle"),
        ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xF0], "zucchini zucchini zucchini zucchini"),
    ])
    func `the first 44 bits of what was exported count`(front: [UInt8], text: String) throws {
        let exported = front + [UInt8](repeating: 0xAA, count: 26)
        #expect(try #require(VerificationWords(exported: exported)).description == text)
        var other = exported
        other[5] ^= 0x0F
        other[31] = 0
        #expect(VerificationWords(exported: other)?.description == text)
        other[5] ^= 0x10
        #expect(VerificationWords(exported: other)?.description != text)
    }

    @Test(arguments: [0, 5, 6, 31, 33]) func `nothing is made of too little or too much`(count: Int) {
        #expect(VerificationWords(exported: [UInt8](repeating: 7, count: count)) == nil)
    }

    @Test func `label and length are those that others are told of`() {
        #expect(VerificationWords.label == "EXPORTER-conclave-verify")
        #expect(VerificationWords.exportedCount == 32)
    }
}

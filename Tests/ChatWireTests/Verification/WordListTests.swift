import ChatWire
import Testing

@Suite struct WordListTests {
    private let words = WordList.words

    @Test func `there is a word for each of 11 bits, in order`() {
        #expect(words.count == 2048)
        #expect(words == words.sorted())
        #expect(Set(words).count == words.count)
    }

    @Test func `a word is easy to write`() {
        let odd = words.filter { word in
            !(3...8).contains(word.utf8.count)
                || !word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        }
        #expect(odd == [])
    }

    @Test func `four letters tell a word from all others`() {
        #expect(Set(words.map { $0.prefix(4) }).count == words.count)
    }

    /// A list that changed in one place only would pass all other tests, and part old programs from new ones.
    @Test func `the list never changes`() {
        let digest = words.joined(separator: "\n").utf8.reduce(into: FNV()) { $0.take($1) }
        #expect(digest.value == 0x3DAA_BEC0_79B4_9DE7)
    }
}

/// FNV-1a of 64 bits: enough to see a change that nobody made on purpose.
private struct FNV {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func take(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
}

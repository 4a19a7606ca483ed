import Testing

@testable import ChatCore

@Suite struct ScalarMapTests {
    @Test func `an entry is found, and what stands beside it is not`() {
        let map = ScalarMap("41:61 43:63,301\n45: 1F600:1F601,1F602,1F603")
        #expect(map["A"].map(Array.init) == ["a"])
        #expect(map["C"].map(Array.init) == ["c", "\u{301}"])
        #expect(map["E"].map(Array.init) == [])
        #expect(map["\u{1F600}"].map(Array.init) == ["\u{1F601}", "\u{1F602}", "\u{1F603}"])
        for scalar: Unicode.Scalar in ["\0", "@", "B", "D", "F", "a", "\u{1F5FF}", "\u{1F601}", "\u{10FFFF}"] {
            #expect(map[scalar] == nil)
        }
    }

    @Test func `nothing is found where nothing is`() {
        #expect(ScalarMap("")["A"] == nil)
        #expect(ScalarMap("").sources.isEmpty)
    }

    @Test(arguments: [
        NormalizationData.composing, NormalizationData.oneWay, NameKeyData.keys, NameKeyData.numerals,
    ])
    func `each table is sorted, and no scalar is in it twice`(table: String) {
        let sources = ScalarMap(table).sources
        #expect(sources.count > 100)
        #expect(zip(sources, sources.dropFirst()).allSatisfy { $0 < $1 })
    }
}

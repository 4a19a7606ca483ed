import TestKit
import Testing

@testable import ChatCore

@Suite struct SmallestTests {
    @Test(arguments: SeededGenerator.seeds(30))
    func `it keeps what sorting and cutting would leave`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for limit in [0, 1, 2, 3, 7, 50] {
            var smallest = Smallest<Int, Int>(limit)
            var all: [Int] = []
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                // Few values, so that there are equals.
                let number = Int.random(in: 0...20, using: &random)
                smallest.add(number, key: number)
                all.append(number)
                #expect(smallest.sorted == Array(all.sorted().prefix(limit)))
                #expect(smallest.count == all.count)
            }
        }
    }

    @Test func `the order is that of the keys`() {
        var longest = Smallest<Int, String>(2)
        for text in ["a", "abc", "ab", "abcd", ""] { longest.add(text, key: -text.utf8.count) }
        #expect(longest.sorted == ["abcd", "abc"])
    }
}

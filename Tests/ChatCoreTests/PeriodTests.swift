import ChatCore
import TestKit
import Testing

@Suite struct PeriodTests {
    @Test(arguments: [
        ("1s", 1), ("90s", 90), ("10m", 600), ("2h", 7200), ("7d", 604_800), ("007m", 420), ("3650d", 315_360_000),
        ("315360000s", 315_360_000), ("87600h", 315_360_000),
    ])
    func `a number and one of four letters is a duration`(text: String, seconds: Int) {
        #expect(Period.parse(text) == seconds)
    }

    @Test(arguments: [
        "", "s", "5", "0s", "0d", "-1s", "+1s", "1.5h", "1 s", " 1s", "1s ", "1S", "1w", "1sm", "1m30s", "s1", "٣s",
        "1s\u{301}",
        "3651d", "315360001s", "87601h", "99999999999s", "9223372036854775807d", "99999999999999999999s",
    ])
    func `anything else is none`(text: String) {
        #expect(Period.parse(text) == nil)
    }

    @Test(arguments: [
        (0, "0s"), (-5, "0s"), (1, "1s"), (59, "59s"), (60, "1m"), (61, "1m 1s"), (3600, "1h"), (3601, "1h 1s"),
        (5400, "1h 30m"), (86_399, "23h 59m"), (86_400, "1d"), (93_600, "1d 2h"), (93_661, "1d 2h"),
        (Period.longest, "3650d"),
    ])
    func `a duration is shown in its two largest units`(seconds: Int, text: String) {
        #expect(Period.text(seconds) == text)
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `what is shown in one unit is read back as it was`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for unit in [1, 60, 3600, 86_400] {
            let seconds = Int.random(in: 1...59, using: &random) * unit
            let text = Period.text(seconds)
            if !text.contains(" ") { #expect(Period.parse(text) == seconds) }
            let sum = text.split(separator: " ").compactMap { Period.parse($0) }.reduce(0, +)
            #expect(sum == seconds, "\(text)")
        }
    }
}

import Glibc
import TestKit
import Testing

@testable import ChatCore

@Suite struct CivilTimeTests {
    private func written(_ seconds: Int64, milliseconds: Int64 = 0, offset: Int = 0) -> String {
        CivilTime(Timestamp(milliseconds: seconds * 1000 + milliseconds), utcOffset: offset).description
    }

    @Test(
        arguments: [
            (0, "1970-01-01 00:00:00+0000"),
            (86_399, "1970-01-01 23:59:59+0000"),
            (86_400, "1970-01-02 00:00:00+0000"),
            (-1, "1969-12-31 23:59:59+0000"),
            (-86_401, "1969-12-30 23:59:59+0000"),
            (-2_203_891_200, "1900-03-01 00:00:00+0000"),  // 1900 had no leap day
            (-2_203_891_201, "1900-02-28 23:59:59+0000"),
            (951_782_400, "2000-02-29 00:00:00+0000"),  // 2000 had one
            (951_868_800, "2000-03-01 00:00:00+0000"),
            (1_709_164_800, "2024-02-29 00:00:00+0000"),
            (1_735_603_200, "2024-12-31 00:00:00+0000"),
            (1_795_343_510, "2026-11-22 10:31:50+0000"),
            (4_107_542_400, "2100-03-01 00:00:00+0000"),
            (4_107_542_399, "2100-02-28 23:59:59+0000"),
            (2_147_483_648, "2038-01-19 03:14:08+0000"),
            (253_402_300_799, "9999-12-31 23:59:59+0000"),
        ] as [(Int64, String)]
    )
    func `known moments have their known dates`(seconds: Int64, date: String) {
        #expect(written(seconds) == date)
    }

    @Test func `a part of a second is not rounded up, before 1970 neither`() {
        #expect(written(0, milliseconds: 999) == "1970-01-01 00:00:00+0000")
        #expect(written(0, milliseconds: -1) == "1969-12-31 23:59:59+0000")
        #expect(written(-1, milliseconds: -999) == "1969-12-31 23:59:58+0000")
    }

    @Test(
        arguments: [
            (0, "2026-11-22 10:31:50+0000"),
            (3600, "2026-11-22 11:31:50+0100"),
            (19_800, "2026-11-22 16:01:50+0530"),
            (20_700, "2026-11-22 16:16:50+0545"),
            (50_400, "2026-11-23 00:31:50+1400"),
            (-1800, "2026-11-22 10:01:50-0030"),
            (-12_600, "2026-11-22 07:01:50-0330"),
            (-43_200, "2026-11-21 22:31:50-1200"),
        ])
    func `the offset moves the clock and is written behind it`(offset: Int, date: String) {
        #expect(written(1_795_343_510, offset: offset) == date)
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `any moment is written as the C library writes it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            // The years 1000 to 9999, half of the time near now, and every offset that there is.
            let range: ClosedRange<Int64> =
                random.once(in: 2) ? 1_700_000_000...1_900_000_000 : -30_610_224_000...253_402_214_400
            let seconds = Int64.random(in: range, using: &random)
            let offset = Int.random(in: -96...96, using: &random) * 15 * 60
            let milliseconds = Int64.random(in: 0..<1000, using: &random)
            let expected = try #require(Self.writtenByC(seconds, offset: offset))
            #expect(written(seconds, milliseconds: milliseconds, offset: offset) == expected)
            let time = CivilTime(Timestamp(milliseconds: seconds * 1000), utcOffset: offset)
            var (moment, parts) = (time_t(seconds) + offset, tm())
            _ = try #require(gmtime_r(&moment, &parts))
            #expect(time.weekday == Int(parts.tm_wday + 6) % 7)
            #expect(CivilTime.day(year: time.year, month: time.month, day: time.day) == time.dayNumber)
        }
    }

    @Test func `the first day there was, and the one before it`() {
        let first = CivilTime(Timestamp(milliseconds: 0), utcOffset: 0)
        #expect((first.date, first.clock, first.weekday, first.dayNumber) == ("1970-01-01", "00:00", 3, 0))
        let before = CivilTime(Timestamp(milliseconds: -1), utcOffset: 0)
        #expect((before.date, before.clock, before.weekday, before.dayNumber) == ("1969-12-31", "23:59", 2, -1))
    }

    private static func writtenByC(_ seconds: Int64, offset: Int) -> String? {
        var moment = time_t(seconds) + offset
        var parts = tm()
        guard gmtime_r(&moment, &parts) != nil else { return nil }
        parts.tm_gmtoff = offset
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer -> String? in
            guard let start = buffer.baseAddress, strftime(start, 64, "%Y-%m-%d %H:%M:%S%z", &parts) > 0 else {
                return nil
            }
            return String(cString: start)
        }
    }
}

import ChatCore
import ChatWire
import Foundation
import TestKit
import Testing

@Suite struct StructuredTimeTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (-1000, "1969-12-31T23:59:59.000Z"),
            (1_795_343_510_123, "2026-11-22T10:31:50.123Z"), (951_782_400_007, "2000-02-29T00:00:00.007Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
        ] as [(Int64, String)]
    )
    func `a moment is written in UTC with milliseconds, and read back`(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).iso8601 == text)
        #expect(Timestamp(iso8601: text)?.milliseconds == milliseconds)
    }

    @Test func `moments beyond four digits of a year are written as the last that have them`() {
        #expect(Timestamp(milliseconds: .max).iso8601 == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: 253_402_300_800_000).iso8601 == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: .min).iso8601 == "0000-01-01T00:00:00.000Z")
    }

    @Test(
        arguments: [
            "", "2026-11-22T10:31:50Z", "2026-11-22T10:31:50.12Z", "2026-11-22T10:31:50.1234Z",
            "2026-11-22 10:31:50.123Z",
            "2026-11-22T10:31:50.123+", "2026-13-22T10:31:50.123Z", "2026-00-22T10:31:50.123Z",
            "2026-02-29T10:31:50.123Z",
            "2026-04-31T10:31:50.123Z", "1900-02-29T10:31:50.123Z", "2026-11-00T10:31:50.123Z",
            "2026-11-22T24:00:00.000Z",
            "2026-11-22T10:60:50.123Z", "2026-11-22T10:31:60.123Z", "+026-11-22T10:31:50.123Z",
            "2026-11-22t10:31:50.123z",
            "２026-11-22T10:31:50.1Z", " 2026-11-22T10:31:50.123Z",
        ])
    func `what is no moment is nil`(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test(arguments: SeededGenerator.seeds(10))
    func `any moment is written as Foundation writes it, and comes back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<50 {
            // After 1582, before which Foundation counts by the Julian calendar.
            let time = Timestamp(
                milliseconds: Int64.random(in: -12_000_000_000_000...253_402_300_799_999, using: &random)
            )
            #expect(Timestamp(iso8601: time.iso8601) == time)
            // A little more, so that no rounding of a fraction can take it down.
            let date = Date(timeIntervalSince1970: (Double(time.milliseconds) + 0.25) / 1000)
            #expect(time.iso8601 == date.formatted(style))
        }
        for _ in 0..<200 {
            let time = random.moment()
            #expect(Timestamp(iso8601: time.iso8601) == time)
        }
    }
}

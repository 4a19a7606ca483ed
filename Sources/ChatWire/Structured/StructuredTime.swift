public import ChatCore

/// Moments as conclave/1 writes them, in UTC with milliseconds: `2026-11-22T10:31:50.123Z`.
extension Timestamp {
    /// Reads exactly that form, of the years 0000 to 9999.
    public init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 else { return nil }
        for (place, sign) in zip([4, 7, 10, 13, 16, 19, 23], "--T::.Z".utf8) where bytes[place] != sign { return nil }
        func number(_ range: Range<Int>) -> Int? {
            var number = 0
            for byte in bytes[range] {
                guard (0x30...0x39).contains(byte) else { return nil }
                number = number * 10 + Int(byte - 0x30)
            }
            return number
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), let milliseconds = number(20..<23),
            let days = CivilTime.day(year: year, month: month, day: day), hour < 24, minute < 60, second < 60
        else { return nil }
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        self.init(milliseconds: Int64(seconds) * 1000 + Int64(milliseconds))
    }

    /// What lies before the year 0000 or behind 9999 is written as their first and last moment.
    public var iso8601: String {
        var bytes: [UInt8] = []
        appendISO8601(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func appendISO8601(to bytes: inout [UInt8]) {
        let moment = min(max(milliseconds, Self.first), Self.last)
        let time = CivilTime(Timestamp(milliseconds: moment), utcOffset: 0)
        let thousandths = Int(moment % 1000)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { text in
            var place = 0
            func put(_ number: Int, digits: Int, then sign: Unicode.Scalar) {
                var rest = UInt32(number)
                for digit in (place..<place + digits).reversed() {
                    text[digit] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                    rest /= 10
                }
                text[place + digits] = UInt8(ascii: sign)
                place += digits + 1
            }
            put(time.year, digits: 4, then: "-")
            put(time.month, digits: 2, then: "-")
            put(time.day, digits: 2, then: "T")
            put(time.hour, digits: 2, then: ":")
            put(time.minute, digits: 2, then: ":")
            put(time.second, digits: 2, then: ".")
            put(thousandths < 0 ? thousandths + 1000 : thousandths, digits: 3, then: "Z")
            bytes.append(contentsOf: text)
        }
    }

    private static let first: Int64 = -62_167_219_200_000
    private static let last: Int64 = 253_402_300_799_999
}

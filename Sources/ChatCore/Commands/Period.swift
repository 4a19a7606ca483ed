/// How long something lasts, as people write it: `90s`, `10m`, `2h`, `7d`.
public enum Period {
    /// Ten years, in seconds: the longest there is.
    public static let longest = 10 * 365 * 86_400

    private static let units: [(letter: Character, seconds: Int)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]

    /// - Returns: seconds, from 1 to ``longest``; nil if it is not a number and one of the letters d, h, m, s.
    public static func parse(_ text: some StringProtocol) -> Int? {
        guard let letter = text.last, let unit = units.first(where: { $0.letter == letter }) else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.utf8.count <= 10, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(digits), number > 0, number <= longest / unit.seconds
        else { return nil }
        return number * unit.seconds
    }

    /// `1d 2h`, to the two largest units; `0 s` for nothing.
    public static func text(_ seconds: Int) -> String {
        var rest = max(0, seconds)
        var parts: [String] = []
        for unit in units where rest >= unit.seconds {
            parts.append("\(rest / unit.seconds)\(unit.letter)")
            rest %= unit.seconds
        }
        return parts.isEmpty ? "0s" : parts.prefix(2).joined(separator: " ")
    }
}

import ChatTerminal
import Testing

@Suite struct TextWidthTests {
    @Test(
        arguments: [
            ("a", 1, 1), ("你", 2, 2), ("ｗ", 2, 2), ("é", 1, 1), ("e\u{301}", 1, 1),
            ("가", 2, 2), ("\u{1100}\u{1161}\u{11A8}", 2, 4),
            ("\u{1F600}", 2, 2),
            ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", 2, 6),  // a family
            ("\u{1F1EB}\u{1F1F7}", 1, 4),  // a flag
            ("\u{1F3F3}\u{FE0F}\u{200D}\u{1F308}", 1, 3),  // a rainbow flag
            ("\u{1F44D}\u{1F3FD}", 2, 4),  // a thumb with a colour
            ("\u{2764}\u{FE0F}", 1, 2), ("\u{231A}\u{FE0E}", 1, 2), ("1\u{FE0F}\u{20E3}", 1, 2),
            ("क्षि", 1, 3), ("\u{301}", 0, 0), ("\u{AD}", 0, 1), ("\u{3099}", 0, 0), ("\u{E000}", 1, 2),
            ("\u{10FFFD}", 1, 2),
        ] as [(String, Int, Int)]
    )
    func `a character has at least and at most so many columns`(text: String, least: Int, most: Int) {
        #expect(TextWidth(text).least == least)
        #expect(TextWidth(text).most == most)
    }

    @Test func `a line is as wide as its characters`() {
        #expect(TextWidth("[alice] 你好").least == 12)
        #expect(TextWidth("\u{1F1EB}\u{1F1F7}!").most == 5)
        #expect(TextWidth("") == .zero)
    }
}

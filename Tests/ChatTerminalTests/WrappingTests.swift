import ChatCore
@testable import ChatTerminal
import TestKit
import Testing

/// How lines are broken, in whatever script, and what is never broken.
@Suite struct WrappingTests {
    let bob = Drawing.bob

    @Test func `Chinese breaks between any two characters, but not before a comma`() {
        var screen = Drawing(width: 20)
        #expect(
            screen.say(bob, "今天天气很好，我们去公园走走吧。好不好？") == """
                12:00 bob: 今天天气
                  很好，我们去公园走
                  走吧。好不好？
                """
        )
        #expect(
            screen.say(bob, "今天天，我们") == """
                12:00 bob: 今天天，
                  我们
                """
        )
        #expect(
            screen.say(bob, "说：今天，我们（都）去") == """
                12:00 bob: 说：今
                  天，我们（都）去
                """
        )
    }

    @Test func `clusters stay whole`() {
        var screen = Drawing(width: 20)
        let family = "👨‍👩‍👧"
        let drawn = screen.say(bob, "cafe\u{301} " + String(repeating: family, count: 9))
        #expect(drawn.contains("cafe\u{301}"))
        for row in drawn.split(separator: "\n") {
            #expect(
                row.replacing("12:00 bob: ", with: "").allSatisfy {
                    "cafe\u{301} ".contains($0) || String($0) == family
                }
            )
        }
        #expect(drawn.filter { String($0) == family }.count == 9)
    }

    @Test func `a link is never broken`() {
        var screen = Drawing(width: 30)
        #expect(
            screen.say(bob, "look (https://example.org/a?b=c) now") == """
                12:00 bob: look
                  (https://example.org/a?b=c)
                  now
                """
        )
        let long = "https://example.org/" + String(repeating: "long/", count: 12)
        #expect(
            screen.say(bob, "look at \(long). Good?") == """
                12:00 bob: look at
                  \(long).
                  Good?
                """
        )
        #expect(
            screen.say(bob, "看https://example.jp/a，好") == """
                12:00 bob: 看
                  https://example.jp/a，好
                """
        )
    }

    @Test func `what a link hides can look like no other line`() {
        var screen = Drawing(width: 30)
        // Spaces that do not look like ones to us would let the terminal's own break look like a line of carol's.
        for space in ["\u{A0}", "\u{3000}", "\u{3164}", "\u{2800}", "\u{115F}"] {
            let link = "https://x/" + String(repeating: "x", count: 18) + "12:00"
            let evil = screen.say(bob, "\(link)\(space)carol:\(space)hi").split(separator: "\n")
            #expect(evil.dropFirst().allSatisfy { $0.hasPrefix("  ") })
            #expect(evil.filter { $0.count > 30 } == ["  \(link)"])
        }
        // Nor does a row of our own breaking begin where a name does.
        let text = String(repeating: " ", count: 19) + "12:00 carol: hi"
        #expect(!screen.say(bob, text).contains("\n12:00"))
    }

    @Test func `long words are broken anywhere`() {
        var screen = Drawing(width: 20)
        #expect(
            screen.say(bob, String(repeating: "a", count: 40)) == """
                12:00 bob: aaaaaaaaa
                  aaaaaaaaaaaaaaaaaa
                  aaaaaaaaaaaaa
                """
        )
    }

    @Test func `no row is wider than the screen, whatever is said`() {
        var random = SeededGenerator(seed: 7)
        let pieces = ["a", "word", " ", "  ", "你好", "，", "（", "👍🏽", "e\u{301}", "שלום", "x.y", "عربي", "-", "한국어", "क्षि"]
        for width in [20, 21, 40, 79] {
            var screen = Drawing(width: width)
            for _ in 0..<200 {
                let text = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                    pieces.randomElement(using: &random) ?? ""
                }
                let text1 = text.joined()
                let showing = screen.rooms.take(.answer(.whisper(from: bob, CleanText(text1))), at: screen.now)
                for row in showing.rows { #expect(row.string.reduce(0) { $0 + columns($1) } <= width, "\(row.string)") }
                let shown = showing.rows.map(\.string).joined().filter { $0 != " " }
                #expect(shown == "12:00bob→you:" + text1.filter { $0 != " " })
            }
        }
    }

    @Test func `names that run from right to left keep that to themselves`() {
        var screen = Drawing(width: 60)
        let dan = Drawing.author("דן", 9)
        #expect(screen.say(dan, "12:00 hello") == "12:00 \u{2068}דן\u{2069}: 12:00 hello")
        #expect(screen.say(bob, "שלום") == "12:00 bob: שלום")
        #expect(screen.event(.renamed(from: dan, to: bob)) == "12:00 * \u{2068}דן\u{2069} is now bob")
    }

    @Test func `whatever others say moves no cursor`() {
        var screen = Drawing(width: 60)
        // Not cleaned by whoever made it, for the sake of the test.
        let drawn = screen.take(.note("a\u{1B}[2Jb\u{202E}c\u{9B}d\u{7}"), in: nil)
        #expect(drawn == "12:00 * a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d\u{FFFD}")
    }
}

import ChatWire
import Testing

@Suite struct LineFramerTests {
    private let whole = FramedLine(.line, "abcd")
    private let long = FramedLine(.tooLong, "abcd")

    @Test func `lines come without their ends, LF or CRLF, the empty ones too`() {
        var framer = LineFramer(limit: 4)
        #expect(framer.feed("a\nb\r\n\n\r\nc\n") == ["a", "b", "", "", "c"].map { FramedLine(.line, $0) })
        #expect(framer.finish().isEmpty)
    }

    @Test func `only the last CR before an LF is a part of the line's end`() {
        var framer = LineFramer(limit: 4)
        #expect(framer.feed("\ra\r\r\n\r\r\n") == [FramedLine(.line, "\ra\r"), FramedLine(.line, "\r")])
    }

    @Test func `a line of the limit's length passes with a CRLF, wherever it is cut`() {
        let stream = Array("abcd\r\nx\n".utf8)
        for cut in 0...stream.count {
            var framer = LineFramer(limit: 4)
            let found = framer.feed(Array(stream[..<cut])) + framer.feed(Array(stream[cut...]))
            #expect(found == [whole, FramedLine(.line, "x")], "cut at \(cut)")
        }
    }

    @Test(arguments: ["abcde\n", "abcde\r\n", "abcd\r\r\n", "abcd\re\n", "abcdefghijklmnop\r\n"])
    func `a longer line is told once, and what follows comes whole, wherever it is cut`(line: String) {
        let stream = Array("\(line)abcd\n".utf8)
        for cut in 0...stream.count {
            var framer = LineFramer(limit: 4)
            let found = framer.feed(Array(stream[..<cut])) + framer.feed(Array(stream[cut...]))
            #expect(found == [long, whole], "cut at \(cut)")
        }
    }

    @Test func `a line is told to be too long before it ends`() {
        var framer = LineFramer(limit: 4)
        #expect(framer.feed("abcd").isEmpty)
        #expect(framer.feed("e") == [long])
        #expect(framer.feed("fgh\r").isEmpty)
        #expect(framer.feed("\n").isEmpty)
        #expect(framer.feed("abcd\n") == [whole])
    }

    @Test func `a CR over the limit decides nothing until the next byte`() {
        var framer = LineFramer(limit: 4)
        #expect(framer.feed("abcd\r").isEmpty)
        #expect(framer.feed("\r") == [long])

        framer = LineFramer(limit: 4)
        #expect(framer.feed("abcd\r").isEmpty)
        #expect(framer.feed("\n") == [whole])
    }

    @Test func `no stops it there, and the rest can come again`() {
        var framer = LineFramer(limit: 4)
        let stream = Array("ab\ncd\r\nabcdefg\nx\n".utf8)
        var taken = 0
        var found: [FramedLine] = []
        for end in [3, 7, 15, 17] {
            taken += framer.feed(Array(stream[taken...]).span.bytes) { kind, line in
                found.append(FramedLine(kind, line.array))
                return false
            }
            #expect(taken == end)
        }
        #expect(found == [FramedLine(.line, "ab"), FramedLine(.line, "cd"), long, FramedLine(.line, "x")])
    }

    @Test func `no to a line that has not ended stops nothing but takes it all`() {
        var framer = LineFramer(limit: 4)
        let piece = Array("abcdefg".utf8)
        let taken = framer.feed(piece.span.bytes) { _, _ in false }
        #expect(taken == 7)
        #expect(framer.feed("h\nabcd\n") == [whole])
    }

    @Test func `nothing fed is nothing found`() {
        var framer = LineFramer(limit: 4)
        #expect(framer.feed("").isEmpty)
        #expect(framer.finish().isEmpty)
    }

    @Test func `the end of the stream ends its last line`() {
        for (rest, line) in [("a", "a"), ("abcd", "abcd"), ("abcd\r", "abcd"), ("a\r", "a"), ("\r", "")] {
            var framer = LineFramer(limit: 4)
            #expect(framer.feed("x\n\(rest)") == [FramedLine(.line, "x")])
            #expect(framer.finish() == [FramedLine(.line, line)])
            #expect(framer.finish().isEmpty)
        }
    }

    @Test func `the end of the stream does not tell a too long line again, and leaves nothing of it`() {
        var framer = LineFramer(limit: 4)
        #expect(framer.feed("abcdefg") == [long])
        #expect(framer.finish().isEmpty)
        #expect(framer.feed("abcd\n") == [whole])
    }
}

import ChatCore
import NIOCore
import Testing

@testable import ChatClient

@Suite struct LineReaderTests {
    @Test func linesComeOutHoweverTheBytesCome() {
        let stream = Array("Welcome\nné\r\n\n👩‍🚀 up\nlast".utf8)
        for size in 1...stream.count {
            var reader = LineReader()
            var lines: [CleanText] = []
            for start in Swift.stride(from: 0, to: stream.count, by: size) {
                lines += reader.feed(ByteBuffer(bytes: stream[start..<min(stream.count, start + size)]))
            }
            #expect(lines.map(\.string) == ["Welcome", "né", "", "👩‍🚀 up"], "in pieces of \(size)")
            #expect(reader.finish().map(\.string) == ["last"])
        }
    }

    @Test func nothingIsLeftAfterAWholeLine() {
        var reader = LineReader()
        #expect(reader.feed(ByteBuffer(string: "one\n")).map(\.string) == ["one"])
        #expect(reader.finish().isEmpty)
    }

    @Test func whatWouldMoveTheCursorIsReplaced() {
        var reader = LineReader()
        let bytes: [UInt8] = [0x1B, 0x5B, 0x32, 0x4A, 0x07, 0xFF, 0x09, 0x41, 0x0D, 0x42, 0x0A]
        let lines = reader.feed(ByteBuffer(bytes: bytes))
        #expect(lines.map(\.string) == ["\u{FFFD}[2J\u{FFFD}\u{FFFD} A\u{FFFD}B"])
    }

    @Test func aLineWithoutMeasureIsCutAndTheNextIsWhole() {
        var reader = LineReader()
        var lines: [CleanText] = []
        for _ in 0..<100 { lines += reader.feed(ByteBuffer(repeating: UInt8(ascii: "x"), count: 1000)) }
        lines += reader.feed(ByteBuffer(string: "\nnext\n"))
        #expect(lines.map(\.string.utf8.count) == [64 * 1024, 4])
        #expect(lines.last?.string == "next")
    }
}

import TestKit
import Testing

@testable import conclave_bench

@Suite struct LineSplitterTests {
    private static func lines(in pieces: [[UInt8]]) -> [String] {
        var splitter = LineSplitter()
        var lines: [String] = []
        for piece in pieces {
            splitter.feed(piece.span.bytes) { line in
                line.withUnsafeBytes { lines.append(String(decoding: $0, as: UTF8.self)) }
            }
        }
        return lines
    }

    private static let stream = Array("one\ntwo\r\n\n\r\nthr\ree\n\r\r\nlast without an end".utf8)
    private static let expected = ["one", "two", "", "", "thr\ree", "\r"]

    @Test func `it finds lines, and takes one CR from their end`() {
        #expect(Self.lines(in: [Self.stream]) == Self.expected)
    }

    @Test func `byte by byte it finds the same`() {
        #expect(Self.lines(in: Self.stream.map { [$0] }) == Self.expected)
    }

    @Test(arguments: SeededGenerator.seeds(50))
    func `in any pieces it finds the same`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        #expect(Self.lines(in: random.pieces(of: Self.stream)) == Self.expected)
    }
}

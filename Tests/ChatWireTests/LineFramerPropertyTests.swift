import TestKit
import Testing

@testable import ChatWire

@Suite struct LineFramerPropertyTests {
    /// A stream of lines, most of them of a length that is just right or just wrong.
    private static func stream(limit: Int, using random: inout SeededGenerator) -> [UInt8] {
        let lengths = [0, 0, 1, limit - 1, limit, limit + 1, limit + 2, 3 * limit]
        var stream: [UInt8] = []
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            stream += line(lengths.randomElement(using: &random) ?? 0, using: &random)
            stream += Array((random.once(in: 2) ? "\n" : "\r\n").utf8)
        }
        if random.once(in: 2) { stream += line(lengths.randomElement(using: &random) ?? 0, using: &random) }
        return stream
    }

    private static func line(_ length: Int, using random: inout SeededGenerator) -> [UInt8] {
        (0..<length).map { _ in
            random.once(in: 6) ? UInt8(ascii: "\r") : UInt8.random(in: UInt8(ascii: "a")...0xFF, using: &random)
        }
    }

    private static func cases(
        _ seed: UInt64,
        _ body: (_ stream: [UInt8], _ limit: Int, _ random: inout SeededGenerator) -> Void
    ) {
        var random = SeededGenerator(seed: seed)
        for limit in [1, 2, 3, 7, 40] {
            for _ in 0..<10 {
                body(stream(limit: limit, using: &random), limit, &random)
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `after each piece it has told all that is certain by then, and nothing else`(seed: UInt64) {
        Self.cases(seed) { stream, limit, random in
            let model = FramerModel(stream, limit: limit)
            var framer = LineFramer(limit: limit)
            var found: [FramedLine] = []
            var fed = 0
            for piece in random.pieces(of: stream) {
                found += framer.feed(piece)
                fed += piece.count
                #expect(found == model.found(in: fed), "\(fed) bytes of \(stream), limit \(limit)")
            }
            #expect(framer.finish() == (model.last.map { [$0] } ?? []), "\(stream), limit \(limit)")
        }
    }

    @Test(arguments: SeededGenerator.seeds(10))
    func `byte by byte it finds what it finds at once`(seed: UInt64) {
        Self.cases(seed) { stream, limit, _ in
            var whole = LineFramer(limit: limit)
            let expected = whole.feed(stream) + whole.finish()
            var framer = LineFramer(limit: limit)
            var found: [FramedLine] = []
            for byte in stream { found += framer.feed([byte]) }
            #expect(found + framer.finish() == expected, "\(stream), limit \(limit)")
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `stopped anywhere and given the rest again it finds the same`(seed: UInt64) {
        Self.cases(seed) { stream, limit, random in
            let model = FramerModel(stream, limit: limit)
            var framer = LineFramer(limit: limit)
            var found: [FramedLine] = []
            for piece in random.pieces(of: stream) {
                var rest = piece
                while !rest.isEmpty {
                    var stopped = false
                    let taken = framer.feed(rest.span.bytes) { kind, line in
                        #expect(!stopped, "called again after no")
                        found.append(FramedLine(kind, line.array))
                        stopped = random.once(in: 2)
                        return !stopped
                    }
                    #expect(stopped || taken == rest.count)
                    rest.removeFirst(taken)
                }
            }
            #expect(found == model.found(in: stream.count), "\(stream), limit \(limit)")
            #expect(framer.finish() == (model.last.map { [$0] } ?? []), "\(stream), limit \(limit)")
        }
    }

    @Test(arguments: SeededGenerator.seeds(10))
    func `it never holds more than the limit and one byte, and nothing between lines`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stream = Self.stream(limit: 7, using: &random)
        for pieces in [stream.map { [$0] }, random.pieces(of: stream), [stream]] {
            var framer = LineFramer(limit: 7)
            for piece in pieces {
                _ = framer.feed(piece)
                let field = Mirror(reflecting: framer).descendant("held")
                let held = try #require(field as? [UInt8])
                #expect(held.count <= 8)
                if piece.last == UInt8(ascii: "\n") { #expect(held.capacity == 0) }
            }
        }
    }
}

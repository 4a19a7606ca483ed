import ChatWire
import TestKit
import Testing

@Suite struct StructuredDecoderTests {
    private typealias Found = (Result<StructuredRequest, RequestProblem>, Int)

    private static func feed(_ decoder: inout StructuredDecoder, _ pieces: [[UInt8]]) -> [Found] {
        var found: [Found] = []
        for piece in pieces {
            let taken = decoder.feed(piece.span.bytes) {
                found.append(($0, $1))
                return true
            }
            #expect(taken == piece.count)
        }
        return found
    }

    @Test func `lines become requests, each with its length without its end, and empty ones nothing`() {
        var decoder = StructuredDecoder(frameLimit: 100, textLimit: 50)
        let stream = Array("{\"op\":\"ping\"}\r\n\n\r\n{\"op\":\"bye\",\"ref\":\"1\"}\n{\n \n".utf8)
        let found = Self.feed(&decoder, [stream])
        #expect(found.map(\.1) == [13, 22, 1, 1])
        #expect(found[0].0 == .success(StructuredRequest(.ping)))
        #expect(found[1].0 == .success(StructuredRequest(.bye, ref: "1")))
        #expect((0...3).map { Self.position(found[$0].0) } == [nil, nil, 1, 1])
    }

    private static func position(_ result: Result<StructuredRequest, RequestProblem>) -> Int? {
        if case .failure(let problem) = result { problem.error.position } else { nil }
    }

    @Test func `a line over the limit is told once, and the next one is read`() {
        let most = Array(#"{"op":"ping"}"#.utf8)
        let over = Array(#"{"op":"ping" }"#.utf8)
        for end in ["\n", "\r\n"] {
            var decoder = StructuredDecoder(frameLimit: most.count, textLimit: 50)
            let end = Array(end.utf8)
            let found = Self.feed(&decoder, [most + end + over + end + over + over + end + most + end])
            let ping = Result<StructuredRequest, RequestProblem>.success(StructuredRequest(.ping))
            let error = StructuredError(.tooLong, "a line may have 13 bytes")
            let tooLong = Result<StructuredRequest, RequestProblem>.failure(RequestProblem(ref: nil, error))
            #expect(found.map(\.0) == [ping, tooLong, tooLong, ping])
        }
        #expect(StructuredDecoder(frameLimit: 7, textLimit: 5).frameLimit == 7)
    }

    @Test func `a text over its limit is told`() {
        var decoder = StructuredDecoder(frameLimit: 1000, textLimit: 5)
        let found = Self.feed(&decoder, [Array("{\"op\":\"away\",\"text\":\"123456\",\"ref\":\"1\"}\n".utf8)])
        guard case .failure(let problem) = found.first?.0 else {
            Issue.record("it was taken")
            return
        }
        #expect(problem.ref == "1")
        #expect(problem.error.code == .tooLong)
    }

    @Test func `whoever says no reads on from where it stopped`() {
        var decoder = StructuredDecoder(frameLimit: 100, textLimit: 50)
        let stream = Array("\n{\"op\":\"ping\"}\n{\"op\":\"bye\"}\n".utf8)
        var found: [Result<StructuredRequest, RequestProblem>] = []
        let taken = decoder.feed(stream.span.bytes) { request, _ in
            found.append(request)
            return false
        }
        #expect(taken == 15)
        #expect(found == [.success(StructuredRequest(.ping))])
        #expect(Self.feed(&decoder, [Array(stream[taken...])]).map(\.0) == [.success(StructuredRequest(.bye))])
    }

    @Test func `a last line without its end counts when the peer has properly ended`() {
        var decoder = StructuredDecoder(frameLimit: 100, textLimit: 50)
        #expect(Self.feed(&decoder, [Array("{\"op\":\"ping\"}".utf8)]).isEmpty)
        var found: [Result<StructuredRequest, RequestProblem>] = []
        decoder.finish { found.append($0) }
        #expect(found == [.success(StructuredRequest(.ping))])
        #expect(Self.feed(&decoder, [Array("\r".utf8)]).isEmpty)
        decoder.finish { found.append($0) }
        #expect(found.count == 1)
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `byte by byte and in any pieces it finds what it finds at once`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var stream: [UInt8] = []
        for _ in 0..<10 {
            let line = random.request().line
            stream += random.once(in: 3) ? random.mutated(line) + [0x0A] : line
        }
        var whole = StructuredDecoder(frameLimit: 120, textLimit: 40)
        let expected = Self.feed(&whole, [stream])
        #expect(expected.contains { (try? $0.0.get()) != nil })
        for pieces in [stream.map { [$0] }, random.pieces(of: stream)] {
            var decoder = StructuredDecoder(frameLimit: 120, textLimit: 40)
            let found = Self.feed(&decoder, pieces)
            #expect(found.map(\.0) == expected.map(\.0))
            #expect(found.map(\.1) == expected.map(\.1))
        }
    }
}

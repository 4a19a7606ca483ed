import ChatCore
import ChatWire
import TestKit
import Testing

@Suite struct StructuredReaderTests {
    private static func feed(
        _ reader: inout StructuredReader,
        _ pieces: [[UInt8]]
    ) -> [Result<StructuredFrame, JSONProblem>] {
        var found: [Result<StructuredFrame, JSONProblem>] = []
        for piece in pieces {
            let taken = reader.feed(piece.span.bytes) {
                found.append($0)
                return true
            }
            #expect(taken == piece.count)
        }
        return found
    }

    @Test(arguments: SeededGenerator.seeds(10))
    func `all that a server says is read, in whatever pieces it comes`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let frames = (0..<SeededGenerator.frames).map { random.frame($0) }
        var stream: [UInt8] = []
        for frame in frames { stream += frame.line + (random.once(in: 4) ? [0x0A] : []) }
        for pieces in [[stream], stream.map { [$0] }, random.pieces(of: stream)] {
            var reader = StructuredReader()
            #expect(Self.feed(&reader, pieces) == frames.map { .success($0) })
        }
    }

    @Test func `what is no frame is told, and the next one is read`() {
        var reader = StructuredReader(frameLimit: 30)
        let stream =
            "hello\n[]\n{\"event\":\"gap\"}\n{\"event\":\"new\"}\n\(String(repeating: "x", count: 31))\n{\"event\":\"new\"}"
        let found = Self.feed(&reader, [Array(stream.utf8)])
        let positions = found.map { if case .failure(let problem) = $0 { problem.position } else { -1 } }
        #expect(positions == [0, 0, 0, -1, 30])
        #expect(found[3] == .success(.unknown(event: "new")))
        var last: [Result<StructuredFrame, JSONProblem>] = []
        reader.finish { last.append($0) }
        #expect(last == [.success(.unknown(event: "new"))])
    }

    @Test func `a list of a thousand members is read`() throws {
        let members = (1...1000).map { #"{"uid":\#($0),"nick":null}"# }.joined(separator: ",")
        let line = #"{"ref":"1","ok":true,"room":"lobby","members":[\#(members)],"more":0}"# + "\n"
        var reader = StructuredReader()
        let found = Self.feed(&reader, [Array(line.utf8)])
        guard case .success(.answer(let answer)) = found.first else {
            Issue.record("\(found)")
            return
        }
        let reply = StructuredReply(try answer.result.get(), to: .who(.lobby, prefix: "", after: nil))
        guard case .who(.lobby, let listing) = reply else {
            Issue.record("\(String(describing: reply))")
            return
        }
        #expect(listing.shown.map(\.author.member.number) == Array(1...1000))
    }
}

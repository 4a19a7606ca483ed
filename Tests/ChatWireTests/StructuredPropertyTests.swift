import ChatCore
import ChatWire
import TestKit
import Testing

@Suite struct StructuredPropertyTests {
    @Test(arguments: SeededGenerator.seeds(20))
    func `a request is read as it was written`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for kind in Array(0..<SeededGenerator.operations) + [0, 2, 3, 8, 12] {
            let request = StructuredRequest(random.operation(kind), ref: random.maybe { $0.hostileText(upTo: 8) })
            let line = request.line
            Self.expectOneLine(line)
            let read = try StructuredRequest(line: line.dropLast())
            #expect(read == request, "\(String(decoding: line, as: UTF8.self))")
            #expect(read.line == line)
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `a frame is read as it was written`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for kind in 0..<SeededGenerator.frames {
            let frame = random.frame(kind)
            let line = frame.line
            Self.expectOneLine(line)
            let read = try StructuredFrame(line: line.dropLast())
            #expect(read == frame, "\(String(decoding: line, as: UTF8.self))")
            #expect(read.line == line)
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `a reply is read as it was written, by who has asked`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for kind in 0..<SeededGenerator.replies {
            let (reply, operation) = random.reply(kind)
            let ref = random.hostileText(upTo: 8)
            let line = written { reply.encode(ref: ref, into: &$0) }
            Self.expectOneLine(line)
            guard case .answer(let answer) = try StructuredFrame(line: line.dropLast()) else {
                Issue.record("no answer: \(String(decoding: line, as: UTF8.self))")
                continue
            }
            #expect(answer.ref == ref)
            let read = try #require(StructuredReply(try answer.result.get(), to: operation))
            #expect(read == reply, "\(String(decoding: line, as: UTF8.self))")
            #expect(written { read.encode(ref: ref, into: &$0) } == line)
            // Through the answer as it stands, too.
            #expect(StructuredFrame.answer(answer).line == line)
        }
    }

    @Test(arguments: SeededGenerator.seeds(10))
    func `a line that is written behind another is the same line`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for before in ["{", "[", ",", "x", "\n"] {
            let frame = random.frame()
            let start = Array(before.utf8)
            var bytes = start
            frame.encode(into: &bytes)
            #expect(bytes == start + frame.line)
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `whatever comes, it is read, or refused at a place within it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var (read, refused) = (0, 0)
        for _ in 0..<60 {
            let line = Array(random.request().line.dropLast())
            let bytes =
                random.once(in: 8) ? random.bytes(40) : random.once(in: 3) ? line : random.mutated(line)
            do {
                let request = try StructuredRequest(line: bytes, textLimit: 60)
                read += 1
                let again = request.line
                Self.expectOneLine(again)
                #expect(try StructuredRequest(line: again.dropLast()) == request)
            } catch {
                refused += 1
                #expect((0...bytes.count).contains(error.error.position ?? 0))
                Self.expectOneLine(
                    written { StructuredAnswer(ref: error.ref, .failure(error.error)).encode(into: &$0) }
                )
            }
        }
        #expect(read > 0 && refused > 0)
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `whatever a server says, it is read, or refused at a place within it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var (read, refused) = (0, 0)
        for _ in 0..<60 {
            let line = Array(random.frame().line.dropLast())
            let bytes =
                random.once(in: 8) ? random.bytes(40) : random.once(in: 3) ? line : random.mutated(line)
            do {
                let frame = try StructuredFrame(line: bytes)
                read += 1
                let again = frame.line
                Self.expectOneLine(again)
                let second = try StructuredFrame(line: again.dropLast())
                #expect(second.line == again)
            } catch {
                refused += 1
                #expect((0...bytes.count).contains(error.position))
            }
        }
        #expect(read > 0 && refused > 0)
    }

    /// One line: ASCII control characters are nowhere in it but at its end.
    static func expectOneLine(_ line: [UInt8], _ location: SourceLocation = #_sourceLocation) {
        #expect(line.last == UInt8(ascii: "\n"), sourceLocation: location)
        #expect(!line.dropLast().contains { $0 < 0x20 }, sourceLocation: location)
        #expect(String(validating: line, as: UTF8.self) != nil, sourceLocation: location)
    }
}

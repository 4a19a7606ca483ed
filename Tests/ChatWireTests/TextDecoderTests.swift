import ChatCore
import ChatWire
import TestKit
import Testing

/// What a decoder found, and the length that it gave with it.
private struct Input: Equatable, CustomStringConvertible {
    let input: TextInput
    let length: Int

    init(_ input: TextInput, _ length: Int) {
        self.input = input
        self.length = length
    }

    static func say(_ text: String) -> Input { Input(.request(.say(CleanText(text))), text.utf8.count) }

    var description: String { "\(input) of \(length)" }
}

extension TextDecoder {
    fileprivate mutating func feed(_ piece: [UInt8]) -> [Input] {
        var found: [Input] = []
        let taken = feed(piece.span.bytes) {
            found.append(Input($0, $1))
            return true
        }
        #expect(taken == piece.count)
        return found
    }

    fileprivate mutating func feed(_ piece: String) -> [Input] { feed(Array(piece.utf8)) }

    fileprivate mutating func finish() -> [TextInput] {
        var found: [TextInput] = []
        finish { found.append($0) }
        return found
    }
}

@Suite struct TextDecoderTests {
    private let long = String(repeating: "x", count: TextCodec.lineLimit + 1)

    @Test func `lines become requests, each with its length without its end`() throws {
        let (quit, help) = (try #require(CommandTable["quit"]), try #require(CommandTable["help"]))
        var decoder = TextDecoder()
        let found = decoder.feed("hello\r\n\n/quit now\n/help\n//x\ngrüße\n")
        #expect(
            found == [
                .say("hello"), Input(.request(.nothing), 0), Input(.request(.command(.quit, quit)), 9),
                Input(.request(.command(.act(.aside(.help(nil))), help)), 5),
                Input(.request(.say(CleanText("/x"))), 3), .say("grüße"),
            ]
        )
    }

    @Test func `a greeting of another protocol counts in the first line only`() {
        var decoder = TextDecoder()
        #expect(decoder.feed("GET / HTTP/1.1\r\n") == [Input(.foreign, 14)])

        decoder = TextDecoder()
        #expect(decoder.feed("hi\nGET / HTTP/1.1\r\nSSH-2\n") == [.say("hi"), .say("GET / HTTP/1.1"), .say("SSH-2")])

        decoder = TextDecoder()
        #expect(decoder.feed("GET lost\nGET / HTTP/1.1\n") == [.say("GET lost"), .say("GET / HTTP/1.1")])
    }

    @Test func `the first line has been when it was empty, a command or too long`() {
        for first in ["", "/help", "//x", long] {
            var decoder = TextDecoder()
            #expect(decoder.feed("\(first)\n").count == 1)
            #expect(decoder.feed("EHLO you\n") == [.say("EHLO you")])
        }
    }

    @Test func `a first line that comes in pieces is still the first`() {
        var decoder = TextDecoder()
        #expect(decoder.feed("GET / HT").isEmpty)
        #expect(decoder.feed("TP/1.1\r").isEmpty)
        #expect(decoder.feed("\n") == [Input(.foreign, 14)])
    }

    @Test func `a first line that is too long may hide a greeting, another is only too long`() {
        var decoder = TextDecoder()
        #expect(decoder.feed("GET /\(long)") == [Input(.foreign, TextCodec.lineLimit)])

        decoder = TextDecoder()
        #expect(
            decoder.feed("\(long)\nGET /\(long)\nhi\n").map(\.input) == [.tooLong, .tooLong, Input.say("hi").input]
        )
    }

    @Test func `4096 bytes are a line and one more is too long`() {
        let longest = String(long.dropLast())
        for end in ["\n", "\r\n"] {
            var decoder = TextDecoder()
            #expect(decoder.feed(longest + end) == [.say(longest)])
            #expect(decoder.feed(long + end) == [Input(.tooLong, 4096)])
            #expect(decoder.feed("hi\n") == [.say("hi")])
        }
    }

    @Test func `whoever says no reads on from where it stopped`() {
        var decoder = TextDecoder()
        let stream = Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        let taken = decoder.feed(stream.span.bytes) { input, _ in
            #expect(input == .foreign)
            return false
        }
        #expect(taken == 16)
        #expect(decoder.feed(Array(stream[taken...])) == [.say("Host: x"), Input(.request(.nothing), 0)])
    }

    @Test func `the end of the stream ends its last line`() {
        var decoder = TextDecoder()
        #expect(decoder.feed("hi\nyou").count == 1)
        #expect(decoder.finish() == [Input.say("you").input])

        decoder = TextDecoder()
        #expect(decoder.feed("SSH-2.0-x").isEmpty)
        #expect(decoder.finish() == [.foreign])

        decoder = TextDecoder()
        #expect(decoder.feed("hi\nSSH-2.0-x").count == 1)
        #expect(decoder.finish() == [Input.say("SSH-2.0-x").input])
    }

    @Test func `the end of the stream adds nothing where nothing is left`() {
        for stream in ["", "hi\n", "hi\r\n", long] {
            var decoder = TextDecoder()
            _ = decoder.feed(stream)
            #expect(decoder.finish().isEmpty)
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `any bytes in any pieces give what they give at once, and only clean text`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var stream: [UInt8] = []
        for _ in 0..<20 {
            let greeting =
                ["GET / HTTP/1.1", "/quit", "/me ", "/x", "//", "\r", "", ""].randomElement(using: &random) ?? ""
            stream += Array(greeting.utf8)
            if random.once(in: 2) { stream += random.bytes(Int.random(in: 0...30, using: &random)) }
            if random.once(in: 15) { stream += Array(long.utf8) }
            stream.append(UInt8(ascii: "\n"))
        }
        var whole = TextDecoder()
        let expected = whole.feed(stream)
        var decoder = TextDecoder()
        #expect(random.pieces(of: stream).flatMap { decoder.feed($0) } == expected)
        #expect(decoder.finish() == whole.finish())
        for input in expected.map(\.input) {
            switch input {
            case .request(.say(let text)), .request(.command(.act(.act(let text)), _)):
                #expect(!text.isEmpty)
                #expect(CleanText(text.string) == text)
            case .request(.problem(let problem)):
                #expect(CleanText(problem.description).string == problem.description)
            default: break
            }
        }
    }
}

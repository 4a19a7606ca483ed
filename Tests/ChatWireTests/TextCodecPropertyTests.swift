import ChatCore
import ChatWire
import TestKit
import Testing

@Suite struct TextCodecPropertyTests {
    /// What a client that knows only the lines of the protocol takes a line for.
    private enum Reading: Equatable {
        case said(UInt64, [UInt8])
        case entered(UInt64)
        case left(UInt64)
        case server
        case nothing

        init(_ line: [UInt8]) {
            let text = String(decoding: line, as: UTF8.self)
            if line.starts(with: "* ".utf8) {
                self = .server
            } else if let match = text.wholeMatch(of: /user:`([0-9]+)` has (enter|left)/), let number = UInt64(match.1)
            {
                self = match.2 == "enter" ? .entered(number) : .left(number)
            } else if let colon = line.firstIndex(of: UInt8(ascii: ":")),
                let number = UInt64(String(decoding: line[..<colon], as: UTF8.self))
            {
                self = .said(number, Array(line[(colon + 1)...]))
            } else {
                self = .nothing
            }
        }
    }

    private static func speech(using random: inout SeededGenerator) -> CleanText {
        let parts = [
            "hello", "8:hello", "* the server", "user:`8` has left", "user:`8` has enter", ":", "`", "\n", "\r\n",
            "\u{2028}", "\u{85}", "\u{301}", "\u{200D}", "/", "é", "\u{1F468}", "\u{0}",
        ]
        let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
        return random.once(in: 3) ? CleanText(random.bytes(40).span.bytes) : CleanText(text.joined())
    }

    private static func number(using random: inout SeededGenerator) -> UInt64 {
        random.next() >> UInt64.random(in: 0..<64, using: &random)
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `whoever reads the lines gets each event back, and takes none for another`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes: [UInt8] = []
        var expected: [Reading] = []
        for _ in 0..<40 {
            let number = Self.number(using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                TextCodec.encode(.entered(MemberID(number)), into: &bytes)
                expected.append(.entered(number))
            case 1:
                TextCodec.encode(.left(MemberID(number)), into: &bytes)
                expected.append(.left(number))
            default:
                let text = Self.speech(using: &random)
                TextCodec.encode(.said(MemberID(number), text), into: &bytes)
                expected.append(.said(number, Array(text.string.utf8)))
            }
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect(lines.last?.isEmpty == true)
        #expect(lines.dropLast().map { Reading(Array($0)) } == expected)
    }

    @Test func `the longest line fits into one TLS record, whatever was in it`() {
        var found = 0
        for byte: UInt8 in [0x00, 0x1B, 0x7F, 0x80, 0xFF] {
            let line = [UInt8](repeating: byte, count: TextCodec.lineLimit)
            guard case .say(let text) = TextRequest(line.span.bytes) else { continue }
            var bytes: [UInt8] = []
            TextCodec.encode(.said(MemberID(.max), text), into: &bytes)
            #expect(bytes.count == 20 + 1 + 3 * TextCodec.lineLimit + 1)
            #expect(bytes.count < 16 * 1024)
            found += 1
        }
        #expect(found == 5)
    }
}

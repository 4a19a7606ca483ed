import TestKit
import Testing

@testable import conclave_bench

@Suite struct StampTests {
    private static func line(_ stamp: Stamp, before prefix: [UInt8] = []) -> [UInt8] {
        var bytes = prefix + Array(repeating: 0, count: Stamp.length)
        var span = bytes.mutableSpan
        stamp.write(to: &span, endingAt: prefix.count + Stamp.length)
        return bytes
    }

    @Test func `its text is what the documentation says`() {
        let line = Self.line(Stamp(sender: 7, sequence: 25, nanoseconds: 0xB5F1_C8D2_A4E9))
        #expect(String(decoding: line, as: UTF8.self) == "~0007000000190000b5f1c8d2a4e9")
    }

    @Test(arguments: SeededGenerator.seeds(50))
    func `what is written is read again, whatever stands before it`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let stamp = Stamp(
                sender: .random(in: 0 ... .max, using: &random),
                sequence: .random(in: 0 ... .max, using: &random),
                nanoseconds: .random(in: 0 ... .max, using: &random)
            )
            let line = Self.line(stamp, before: random.bytes(Int.random(in: 0...90, using: &random)))
            #expect(Stamp(endOf: line.span.bytes) == stamp)
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `one wrong character and it is none`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let digits = Array("0123456789abcdef".utf8)
        for position in 0..<Stamp.length {
            var line = Self.line(Stamp(sender: 1, sequence: 2, nanoseconds: 3))
            let wrong = UInt8.random(in: 0...255, using: &random)
            line[position] = wrong
            let isRight = position == 0 ? wrong == UInt8(ascii: "~") : digits.contains(wrong)
            #expect((Stamp(endOf: line.span.bytes) != nil) == isRight, "\(wrong) at \(position)")
        }
    }

    @Test func `each byte that is no digit is told from those that are`() {
        for byte in UInt8.min...UInt8.max {
            for position in 0..<8 {
                let shift = UInt64(8 * position)
                let digits = 0x3030_3030_3030_3030 & ~(0xFF << shift) | UInt64(byte) << shift
                let character = Character(Unicode.Scalar(byte))
                let digit = character.isASCII && !character.isUppercase ? character.hexDigitValue : nil
                #expect(Hex.decode(digits) == digit.map { UInt32($0) << UInt32(4 * (7 - position)) })
            }
        }
    }

    @Test(arguments: ["", "hello", "7:hello", "~0007000000190000b5f1c8d2a4e", "* you missed 3 lines"])
    func `a line without one has none`(line: String) {
        #expect(Stamp(endOf: Array(line.utf8).span.bytes) == nil)
    }

    @Test func `a message of several lines carries a stamp in each`() {
        var message = Message(size: 40, count: 3)
        for index in 0..<3 {
            message.stamp(index, Stamp(sender: 2, sequence: UInt32(index + 1), nanoseconds: 5))
        }
        message.withLines(2) { lines in
            #expect(lines.byteCount == 2 * 41)
            for index in 0..<2 {
                let line = lines.extracting(index * 41..<index * 41 + 40)
                #expect(Stamp(endOf: line) == Stamp(sender: 2, sequence: UInt32(index + 1), nanoseconds: 5))
            }
        }
    }
}

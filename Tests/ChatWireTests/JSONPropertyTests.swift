import ChatWire
import Foundation
import TestKit
import Testing

extension SeededGenerator {
    /// Scalars of all kinds, those that mean something to JSON, to a terminal or to Unicode among them more than their
    /// share.
    mutating func hostileScalar() -> Unicode.Scalar {
        let special: [Unicode.Scalar] = [
            "\"", "\\", "/", "{", "}", "[", "]", ",", ":", " ", "\n", "\r", "\t", "\0", "\u{1B}", "\u{7F}", "\u{9B}",
            "\u{85}",
            "\u{2028}", "\u{2029}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{FEFF}", "\u{200D}", "\u{301}", "\u{FFFD}",
            "😀",
        ]
        switch Int.random(in: 0..<4, using: &self) {
        case 0: return special.randomElement(using: &self) ?? " "
        case 1: return Unicode.Scalar(UInt32.random(in: 0...0x10_FFFF, using: &self)) ?? "\u{D7FF}"
        default: return Unicode.Scalar(UInt8.random(in: 0x61...0x7A, using: &self))
        }
    }

    mutating func hostileText(upTo longest: Int) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...longest, using: &self) { text.append(hostileScalar()) }
        return String(text)
    }

    mutating func json(depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &self) {
        case 0: return .null
        case 1: return .bool(once(in: 2))
        case 2: return .integer(Int64(bitPattern: next()) >> Int64.random(in: 0...63, using: &self))
        case 3:
            let number = Double(bitPattern: next())
            return .number(number.isFinite ? number : 0.5)
        case 4, 5: return .string(hostileText(upTo: 8))
        case 6: return .array((0..<Int.random(in: 0...4, using: &self)).map { _ in json(depth: depth - 1) })
        default:
            return .object(
                (0..<Int.random(in: 0...4, using: &self)).map { _ in
                    JSON.Member(hostileText(upTo: 4), json(depth: depth - 1))
                }
            )
        }
    }

    /// With a few bytes changed, taken out, put in or said twice.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let tokens: [[UInt8]] = ["\"", "\\", "{", "}", "[", "]", ",", ":", "\\ud800", "null", "-", "1e9", ".", " "].map
        { Array($0.utf8) }
        for _ in 0...Int.random(in: 0..<3, using: &self) {
            let place = Int.random(in: 0...bytes.count, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: next())
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + Int(next() % 4)))
            case 2: bytes.insert(contentsOf: tokens.randomElement(using: &self) ?? [], at: place)
            case 3: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: bytes[place...].prefix(8), at: place)
            }
        }
        return bytes
    }
}

@Suite struct JSONPropertyTests {
    @Test(arguments: SeededGenerator.seeds(20))
    func `what is written is read as it was`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let value = random.json(depth: 4)
            let text = value.text
            #expect(try JSON(text: text) == value)
            #expect(try JSON(text: text).text == text)
            #expect(!text.utf8.contains { $0 < 0x20 })
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `whatever comes, it is read as another reader reads it, or refused at a place within it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var read = 0
        for _ in 0..<100 {
            let whole = Array(random.json(depth: 3).text.utf8)
            let bytes = random.once(in: 4) ? random.bytes(12) : random.once(in: 4) ? whole : random.mutated(whole)
            let other = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            do {
                let value = try JSON(bytes: bytes)
                read += 1
                #expect(other != nil, "\(value.text)")
                // What was read can be written, and says the same.
                #expect(try JSON(text: value.text) == value)
            } catch {
                #expect((0...bytes.count).contains(error.position))
                // Foundation takes a comma before a closing bracket, and other encodings.
                let isTrailing =
                    error.position > 0 && bytes[error.position...].first.map { "]}".utf8.contains($0) } == true
                let isLenient = error.position == 0 || isTrailing
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(other == nil || isLenient, "\(text.debugDescription): \(error)")
            }
        }
        #expect(read > 10)
    }

    @Test(arguments: SeededGenerator.seeds(10))
    func `a text that is cut short is noticed at its end, and at every cut`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            // In brackets, so that no beginning of it is whole.
            let bytes = Array(JSON.array([random.json(depth: 3)]).text.utf8)
            for length in 0..<bytes.count {
                // A cut within a character is no UTF-8 from where the character begins.
                let start = bytes[..<length].lastIndex { $0 & 0xC0 != 0x80 } ?? 0
                do throws(JSONProblem) {
                    let value = try JSON(bytes: Array(bytes[..<length]))
                    Issue.record("\(value.text)")
                } catch {
                    let isWithinScalar = bytes[length] & 0xC0 == 0x80
                    #expect(error.position == (isWithinScalar ? start : length))
                }
            }
        }
    }
}

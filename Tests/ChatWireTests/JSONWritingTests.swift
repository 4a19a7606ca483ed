import ChatWire
import TestKit
import Testing

extension JSON {
    var text: String {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

@Suite struct JSONWritingTests {
    @Test(
        arguments: [
            (.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.integer(0), "0"), (.integer(-10), "-10"),
            (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"), (.number(0.5), "0.5"),
            (.number(1), "1.0"), (.number(1e300), "1e+300"), (.number(.nan), "null"), (.number(-.infinity), "null"),
            (.string(""), #""""#), (.string("a/b é 😀"), #""a/b é 😀""#), (.array([]), "[]"), (.object([]), "{}"),
            (.array([.integer(1), .array([]), .object([])]), "[1,[],{}]"),
            (
                .object([.init("a\"b", .null), .init("", .array([.null, .string("{")])), .init("c", .object([]))]),
                #"{"a\"b":null,"":[null,"{"],"c":{}}"#
            ),
            (.array([.string("["), .string("{"), .string(",")]), #"["[","{",","]"#),
        ] as [(JSON, String)]
    )
    func `a value is written on one line, without spaces`(value: JSON, text: String) {
        #expect(value.text == text)
    }

    /// What RFC 8259 demands, byte by byte and without any haste.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{8}": result += "\\b"
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\u{C}": result += "\\f"
            case "\r": result += "\\r"
            case "\0"..."\u{F}": result += "\\u000" + String(scalar.value, radix: 16)
            case "\u{10}"..."\u{1F}": result += "\\u00" + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    @Test func `what has to be escaped is, at every place in strings of every length, and nothing else is`() {
        let scalars = (0...0xFF).map { Unicode.Scalar(UInt8($0)) } + ["\u{2028}", "\u{2029}", "\u{FFFF}", "\u{10FFFF}"]
        for scalar in scalars {
            for length in 0...19 {
                for place in 0...length {
                    var text = String(repeating: "a", count: place)
                    text.unicodeScalars.append(scalar)
                    text += String(repeating: "z", count: length - place)
                    #expect(JSON.string(text).text == Self.quoted(text))
                }
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `any string is written as the rules say, and comes back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let text = random.hostileText(upTo: 40)
            let written = JSON.string(text).text
            #expect(Array(written.utf8) == Array(Self.quoted(text).utf8))
            let value = try JSON(text: written)
            #expect(value.string.map { Array($0.utf8) } == Array(text.utf8))
        }
    }
}

import ChatWire
import Testing

extension JSON {
    /// With more room than any test needs.
    init(text: String, limits: JSONLimits = JSONLimits(depth: 100, values: 1000)) throws(JSONProblem) {
        try self.init(bytes: Array(text.utf8), limits: limits)
    }

    init(bytes: [UInt8], limits: JSONLimits = JSONLimits(depth: 100, values: 1000)) throws(JSONProblem) {
        try self.init(bytes.span.bytes, limits: limits)
    }
}

/// What is wrong with a text; nil if nothing is.
private func problem(_ bytes: [UInt8], limits: JSONLimits = JSONLimits(depth: 100, values: 1000)) -> JSONProblem? {
    do {
        _ = try JSON(bytes: bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

@Suite struct JSONReadingTests {
    @Test(
        arguments: [
            ("null", .null), ("true", .bool(true)), ("false", .bool(false)), (" \t\r\n1 \t\r\n", .integer(1)),
            ("0", .integer(0)), ("-0", .integer(0)), ("10", .integer(10)), ("-7", .integer(-7)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)),
            ("-9223372036854775809", .number(-9_223_372_036_854_775_808)),
            ("0.0", .number(0)), ("1.0", .number(1)), ("0.5", .number(0.5)), ("-0.25", .number(-0.25)),
            ("1e2", .number(100)), ("1E+2", .number(100)), ("1e-2", .number(0.01)), ("0e0", .number(0)),
            ("1.5e007", .number(15_000_000)), ("1e-999", .number(0)),
            ("123456789012345678901234567890", .number(123_456_789_012_345_678_901_234_567_890)),
            (#""""#, .string("")), (#""hello""#, .string("hello")), (#""grüße 👩‍👩‍👧""#, .string("grüße 👩‍👩‍👧")),
            (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")), (#""\u0000""#, .string("\0")),
            (#""\u00fC\u20AC""#, .string("ü€")), (#""\ud83d\uDE00""#, .string("😀")),
            (#""a\u0301b""#, .string("a\u{301}b")),
            (#""x\udbff\udfff""#, .string("x\u{10FFFF}")),
            ("\"\u{7F}\u{80}\u{2028}\u{FEFF}\"", .string("\u{7F}\u{80}\u{2028}\u{FEFF}")),
            ("[]", .array([])), ("[ ]", .array([])),
            ("[1,[2],{}]", .array([.integer(1), .array([.integer(2)]), .object([])])),
            (" [ 1 , 2 ] ", .array([.integer(1), .integer(2)])), ("{ }", .object([])),
            (#"{"a":1,"":null}"#, .object([.init("a", .integer(1)), .init("", .null)])),
            (#" { "a" : { "b" : [ ] } } "#, .object([.init("a", .object([.init("b", .array([]))]))])),
            (#"{"a":1,"a":2}"#, .object([.init("a", .integer(1)), .init("a", .integer(2))])),
            (#"{"\u0061":1}"#, .object([.init("a", .integer(1))])),
        ] as [(String, JSON)]
    )
    func `what is JSON is read`(text: String, value: JSON) throws {
        #expect(try JSON(text: text) == value)
    }

    @Test(
        arguments: [
            ("", 0), (" ", 1), ("nul", 3), ("nuxl", 2), ("True", 0), ("falsey", 5), ("NaN", 0), ("-Infinity", 1),
            ("'a'", 0),
            ("// x", 0), ("1 2", 2), ("{} x", 3), ("\u{FEFF}1", 0), ("\u{A0}1", 0), ("\u{B}1", 0),
            ("01", 1), ("-01", 2), ("00", 1), ("+1", 0), (".5", 0), ("1.", 2), ("1.e1", 2), ("1e", 2), ("1e+", 3),
            ("-", 1),
            ("--1", 1), ("1_000", 1), ("0x1", 1), ("1e999", 0), ("[1,-1e999]", 3), ("1.5.5", 3),
            ("[", 1), ("[1", 2), ("[1,", 3), ("[1,]", 3), ("[,1]", 1), ("[1 2]", 3), ("[1}", 2), ("]", 0), ("[1]]", 3),
            ("{", 1), (#"{"a""#, 4), (#"{"a":"#, 5), (#"{"a":1"#, 6), (#"{"a":1,"#, 7), (#"{"a":1,}"#, 7), ("{a:1}", 1),
            (#"{"a" 1}"#, 5), (#"{"a":}"#, 5), (#"{,}"#, 1), (#"{"a":1]"#, 6), (#"{1:2}"#, 1), (#"{"op":"say",}"#, 12),
            ("\"", 1), (#""abc"#, 4), (#""\"#, 2), (#""\x""#, 2), (#""\U0041""#, 2), (#""\u"#, 3), (#""\u12"#, 5),
            (#""\u12G4""#, 5), (#""\u 123""#, 3), (#""a\ud800""#, 2), (#""a\udc00""#, 2), (#""\ud800\u0041""#, 1),
            (#""\ud800x""#, 1), (#""\ud800\n""#, 1), (#""\ud800\ud800""#, 1), (#""\ud8"#, 5), (#""\ud800\ud"#, 10),
            ("\"a\tb\"", 2), ("\"a\nb\"", 2), ("\"\0\"", 1), ("\"\u{1F}\"", 1), ("{\"a\u{1}\":1}", 3),
        ] as [(String, Int)]
    )
    func `what is not JSON is refused where it shows`(text: String, position: Int) {
        #expect(problem(Array(text.utf8))?.position == position)
    }

    @Test(
        arguments: [
            [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE2, 0x82],
            [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF8], [0xFF],
        ] as [[UInt8]]
    )
    func `what is not UTF-8 is refused where it begins, whatever follows`(bad: [UInt8]) {
        for before in ["\"", "\"grüße", "\"\\n", "{\"a\":\"\\u00e4ö"] {
            for after in ["\"", "x\"", "", "\n", "\\q"] {
                let place = before.utf8.count
                #expect(problem(Array(before.utf8) + bad + Array(after.utf8))?.position == place, "\(before) \(after)")
            }
        }
        #expect(problem(bad)?.position == 0)
        #expect(problem(Array("[1,".utf8) + bad + Array("]".utf8))?.position == 3)
    }

    @Test func `it goes as deep as the limit and no deeper`() {
        for depth in 1...9 {
            let limits = JSONLimits(depth: depth, values: 1000)
            for (open, close) in [("[", "]"), (#"{"a":"#, "}"), (#" {"a" : [ "#, "]}")] {
                func nested(_ count: Int) -> [UInt8] {
                    let text = String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
                    return Array(text.utf8)
                }
                let each = open.count { "[{".contains($0) }
                let most = depth / each
                #expect(problem(nested(most), limits: limits) == nil)
                // At the bracket that is too many.
                let brackets = nested(most + 1).indices.filter { "[{".utf8.contains(nested(most + 1)[$0]) }
                #expect(problem(nested(most + 1), limits: limits)?.position == brackets[depth])
            }
            // What has been closed does not count.
            #expect(problem(Array("[[],[],[],[],{},{}]".utf8), limits: limits) == nil || depth == 1)
        }
    }

    @Test func `a million brackets are refused at the one that is too many`() {
        let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(problem(brackets, limits: .request)?.position == 8)
        #expect(problem(brackets, limits: .reply)?.position == 16)
    }

    @Test func `there are as many values as the limit and no more`() {
        let limits = JSONLimits(depth: 10, values: 5)
        #expect(problem(Array("[1,2,3,4]".utf8), limits: limits) == nil)
        #expect(problem(Array("[1,2,3,4,5]".utf8), limits: limits)?.position == 9)
        #expect(problem(Array("[[1],[2]]".utf8), limits: limits) == nil)
        #expect(problem(Array("[[1],[2],[]]".utf8), limits: limits)?.position == 9)
        #expect(problem(Array(#"{"a":1,"b":[2,3]}"#.utf8), limits: limits) == nil)
        #expect(problem(Array(#"{"a":1,"b":[2,3,"x"]}"#.utf8), limits: limits)?.position == 16)
        #expect(problem(Array(#"{"a":1,"b":[2,3],"c":4}"#.utf8), limits: limits)?.position == 17)
        #expect(problem(Array("1".utf8), limits: JSONLimits(depth: 1, values: 0))?.position == 0)
    }

    @Test func `a member is had by its name, the last of several`() throws {
        let value = try JSON(text: #"{"a":"x","b":7,"c":true,"d":[1],"a":null,"e":1.5}"#)
        #expect(value["a"] == .null)
        #expect(value["b"]?.integer == 7)
        #expect(value["c"]?.bool == true)
        #expect(value["d"]?.array == [.integer(1)])
        #expect(value["z"] == nil)
        #expect(JSON.array([])["a"] == nil)
        #expect(JSON.string("x").string == "x")
        // Nothing is taken for what it is not.
        for (name, value) in [
            ("string", JSON.string("1")), ("integer", .integer(1)), ("bool", .bool(true)), ("array", .array([])),
        ] {
            #expect((value.string != nil) == (name == "string"))
            #expect((value.integer != nil) == (name == "integer"))
            #expect((value.bool != nil) == (name == "bool"))
            #expect((value.array != nil) == (name == "array"))
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("7", 7), ("1.0", 1), ("1e3", 1000), ("-0", 0), ("-0.0", 0),
            ("9007199254740991", 9_007_199_254_740_991),
            ("9007199254740991.0", 9_007_199_254_740_991), ("9007199254740992", nil), ("9007199254740992.0", nil),
            ("1e300", nil), ("-1", nil), ("-1.0", nil), ("0.5", nil), ("9223372036854775807", nil),
            ("99999999999999999999", nil),
            ("\"7\"", nil), ("true", nil), ("null", nil),
        ] as [(String, UInt64?)]
    )
    func `whole is what is whole, from 0 to 2^53 - 1`(text: String, number: UInt64?) throws {
        #expect(try JSON(text: text).whole == number)
    }
}

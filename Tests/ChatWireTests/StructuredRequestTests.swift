import ChatCore
import ChatWire
import Testing

@Suite struct StructuredRequestTests {
    private static let tea = (try? RoomName("tea")) ?? .lobby
    private static let alice = (try? Nickname("alice")).map { Whom.name($0) } ?? .nobody("")
    private static let seven = Whom.number(MemberID(7))
    private static let range = AddressRange("10.0.0.0/8").map { BanTarget.addresses($0) } ?? .member(seven)
    private static let epoch = Epoch("0123456789abcdef")

    @Test(
        arguments: [
            (##"{"op":"enter","room":"#tea"}"##, .enter(tea, Entry())),
            (#"{"op":"enter","room":"tea","after":5}"#, .enter(tea, Entry(from: .after(5, of: nil)))),
            (
                #"{"op":"enter","room":"tea","after":0,"epoch":"0123456789ABCDEF"}"#,
                .enter(tea, Entry(from: .after(0, of: epoch)))
            ),
            (#"{"op":"enter","room":"tea","epoch":"0123456789abcdef"}"#, .enter(tea, Entry())),
            (#"{"op":"enter","room":"tea","last":0}"#, .enter(tea, Entry(from: .last(0)))),
            (#"{"op":"enter","room":"tea","last":1001}"#, .enter(tea, Entry(from: .last(1000)))),
            (#"{"op":"enter","room":"tea","last":3.0,"after":null,"nick":null}"#, .enter(tea, Entry(from: .last(3)))),
            (
                #"{"op":"enter","room":"tea","session":"00112233445566778899aabbccddeeff"}"#,
                .enter(tea, Entry(session: SessionSecret("00112233445566778899aabbccddeeff")))
            ),
            (#"{"op":"leave","room":"tea","new":[{}]}"#, .leave(tea)),
            (#"{"op":"say","room":"tea","text":"a\nb"}"#, .say(tea, CleanText("a\u{FFFD}b"), isAction: false, id: nil)),
            (
                #"{"op":"say","room":"tea","text":"x","action":false,"id":"5b"}"#,
                .say(tea, CleanText("x"), isAction: false, id: MessageID("5b"))
            ),
            (#"{"op":"whisper","to":7,"text":"x"}"#, .whisper(to: seven, CleanText("x"))),
            (#"{"op":"whisper","to":"7","text":"x"}"#, .whisper(to: seven, CleanText("x"))),
            (#"{"op":"whisper","to":"alice","text":"x"}"#, .whisper(to: alice, CleanText("x"))),
            (#"{"op":"whisper","to":"a\u001bb","text":"x"}"#, .whisper(to: .nobody("a\u{FFFD}b"), CleanText("x"))),
            (#"{"op":"who","room":"tea"}"#, .who(tea, prefix: "", after: nil)),
            (#"{"op":"who","room":"tea","prefix":"al","after":9}"#, .who(tea, prefix: "al", after: MemberID(9))),
            (#"{"op":"rooms","prefix":"t\u0007"}"#, .rooms(prefix: "t\u{FFFD}")),
            (#"{"op":"topic","room":"tea"}"#, .topic(tea, nil)),
            (#"{"op":"topic","room":"tea","text":null}"#, .topic(tea, nil)),
            (#"{"op":"topic","room":"tea","text":""}"#, .topic(tea, CleanText(""))),
            (#"{"op":"history","room":"tea"}"#, .history(tea, Past())),
            (#"{"op":"history","room":"tea","limit":501}"#, .history(tea, Past(limit: 500))),
            (
                #"{"op":"history","room":"tea","limit":1,"before":9,"after":2}"#,
                .history(tea, Past(after: 2, before: 9, limit: 1))
            ),
            (#"{"op":"away"}"#, .away(nil)), (#"{"op":"away","text":""}"#, .away(nil)),
            (#"{"op":"away","text":"tea"}"#, .away(CleanText("tea"))),
            (#"{"op":"kick","room":"tea","who":7,"reason":"\u200b"}"#, .kick(tea, seven, reason: nil)),
            (#"{"op":"ban","room":"tea","who":"alice"}"#, .ban(tea, .member(alice), seconds: nil, reason: nil)),
            (
                #"{"op":"ban","room":"tea","addresses":"10.1.2.3/8","seconds":315360000,"reason":"x"}"#,
                .ban(tea, range, seconds: 315_360_000, reason: CleanText("x"))
            ),
            (#"{"op":"unban","room":"tea","label":"al\tice"}"#, .unban(tea, "al ice")),
            (#"{"op":"bans","room":"tea"}"#, .bans(tea)),
            (#"{"op":"mute","room":"tea","who":7,"seconds":1}"#, .mute(tea, seven, seconds: 1)),
            (#"{"op":"op","room":"tea","who":7}"#, .setModerator(tea, seven, true)),
            (#"{"op":"deop","room":"tea","who":7}"#, .setModerator(tea, seven, false)),
            (#"{"op":"slow","room":"tea","seconds":0}"#, .slow(tea, seconds: 0)),
            (#"{"op":"lockdown","room":"tea","on":true}"#, .lockdown(tea, true)),
            (#"{"op":"private","room":"tea","on":false}"#, .setPrivate(tea, false)),
            (#"{"op":"oper","name":"god","password":" a\tb"}"#, .oper(account: "god", password: " a\tb")),
            (#" {"op":"leave","op":"ping"} "#, .ping),
        ] as [(String, StructuredRequest.Operation)]
    )
    func `a request says what it asks for`(line: String, operation: StructuredRequest.Operation) throws {
        let request = try StructuredRequest(text: line)
        #expect(request == StructuredRequest(operation))
        // Equal names may look different.
        #expect(try StructuredRequest(line: request.line) == request)
    }

    @Test(
        arguments: [
            ("", .malformed, 0), ("[]", .malformed, 0), ("7", .malformed, 0), ("{", .malformed, 1),
            ("hello", .malformed, 0),
            (#"{"op":"say",}"#, .malformed, 12), (#"{"op":"ping"}{}"#, .malformed, 13),
            (#"{"a":[[[[[[[[1]]]]]]]]}"#, .malformed, 12), ("{}", .missingField, nil),
            (#"{"op":null}"#, .missingField, nil),
            (#"{"op":7}"#, .badField, 6), (#"{"op":"dance"}"#, .unknownOperation, 6),
            (#"{"op":"Ping"}"#, .unknownOperation, 6),
            (#"{"op":"ping","ref":7}"#, .badField, 19), (#"{"op":"enter"}"#, .missingField, nil),
            (#"{"op":"enter","room":7}"#, .badField, 21), (#"{"op":"enter","room":""}"#, .badField, 21),
            (#"{"op":"enter", "room" : "a b"}"#, .badField, 24),
            (#"{"op":"enter","room":"tea","nick":"7"}"#, .badField, 34),
            (#"{"op":"enter","room":"tea","nick":"al\u200bice"}"#, .badField, 34),
            (#"{"op":"enter","room":"tea","after":1,"last":1}"#, .badField, 44),
            (#"{"op":"enter","room":"tea","after":-1}"#, .badField, 35),
            (#"{"op":"enter","room":"tea","after":1.5}"#, .badField, 35),
            (#"{"op":"enter","room":"tea","after":"1"}"#, .badField, 35),
            (#"{"op":"enter","room":"tea","after":9007199254740992}"#, .badField, 35),
            (#"{"op":"enter","room":"tea","epoch":"x"}"#, .badField, 35),
            (#"{"op":"enter","room":"tea","session":"0011"}"#, .badField, 37),
            (#"{"op":"say","room":"tea"}"#, .missingField, nil),
            (#"{"op":"say","room":"tea","text":""}"#, .badField, 32),
            (#"{"op":"say","room":"tea","text":"\u200b  "}"#, .badField, 32),
            (#"{"op":"say","room":"tea","text":["x"]}"#, .badField, 32),
            (#"{"op":"say","room":"tea","text":"x","action":1}"#, .badField, 45),
            (#"{"op":"say","room":"tea","text":"x","id":""}"#, .badField, 41),
            (#"{"op":"say","room":"tea","text":"x","id":"a\n"}"#, .badField, 41),
            (#"{"op":"whisper","text":"x"}"#, .missingField, nil),
            (#"{"op":"whisper","to":"","text":"x"}"#, .badField, 21),
            (#"{"op":"whisper","to":-7,"text":"x"}"#, .badField, 21),
            (#"{"op":"whisper","to":true,"text":"x"}"#, .badField, 21),
            (#"{"op":"rename","nick":"server"}"#, .badField, 22),
            (#"{"op":"history","room":"tea","limit":0}"#, .badField, 37),
            (#"{"op":"ban","room":"tea"}"#, .missingField, nil),
            (#"{"op":"ban","room":"tea","who":7,"addresses":"::/0"}"#, .badField, 45),
            (#"{"op":"ban","room":"tea","addresses":"alice"}"#, .badField, 37),
            (#"{"op":"ban","room":"tea","who":7,"seconds":0}"#, .badField, 43),
            (#"{"op":"ban","room":"tea","who":7,"seconds":315360001}"#, .badField, 43),
            (#"{"op":"mute","room":"tea","who":7,"seconds":"10m"}"#, .badField, 44),
            (#"{"op":"slow","room":"tea"}"#, .missingField, nil),
            (#"{"op":"slow","room":"tea","seconds":86401}"#, .badField, 36),
            (#"{"op":"lockdown","room":"tea","on":1}"#, .badField, 35),
            (#"{"op":"lockdown","room":"tea"}"#, .missingField, nil),
            (#"{"op":"ban","room":"tea","who":"a","key":"sha256:00"}"#, .badField, 41),
            (#"{"op":"admit","key":"sha256:00"}"#, .badField, 20),
            (#"{"op":"link","code":"1234567"}"#, .badField, 20),
            (#"{"op":"unban","room":"tea","label":""}"#, .badField, 35),
            (#"{"op":"announce","text":" "}"#, .badField, 24),
            (#"{"op":"oper","name":"","password":"x"}"#, .badField, 20),
            (#"{"op":"oper","name":"x","password":""}"#, .badField, 35),
            // The last one counts, and so it is the last that is wrong.
            (#"{"op":"slow","room":"tea","seconds":1,"seconds":-1}"#, .badField, 48),
        ] as [(String, StructuredError.Code, Int?)]
    )
    func `what cannot be understood is told by its code, and where`(
        line: String,
        code: StructuredError.Code,
        position: Int?
    ) {
        #expect {
            try StructuredRequest(text: line)
        } throws: { error in
            let problem = error as? RequestProblem
            #expect(problem?.error.code == code)
            #expect(problem?.error.position == position)
            #expect(problem?.ref == nil)
            return true
        }
    }

    private func message(_ line: String, textLimit: Int = .max) -> String? {
        do throws(RequestProblem) {
            _ = try StructuredRequest(text: line, textLimit: textLimit)
            return nil
        } catch {
            return error.error.message
        }
    }

    @Test func `the message names the field, and says what it should be`() {
        #expect(message(#"{"op":"say","room":"tea"}"#) == "`text` is missing")
        #expect(message(#"{"op":"ban","room":"tea"}"#) == "`who`, `addresses` or `key` is missing")
        #expect(
            message(#"{"op":"slow","room":"tea","seconds":-1}"#) == "`seconds`: it is a whole number from 0 to 86400"
        )
        #expect(message(#"{"op":"lockdown","room":"tea","on":"on"}"#) == "`on`: it is true or false")
        #expect(message(#"{"op":"enter","room":""}"#) == "`room`: \(NameProblem.empty)")
        #expect(message(#"{"op":"rename","nick":"7"}"#) == "`nick`: \(NameProblem.number)")
        #expect(message(#"{"op":"sya"}"#) == "there is no op `sya`; did you mean `say`?")
        #expect(message(#"{"op":"/WHO"}"#) == "there is no op `/WHO`; did you mean `who`?")
        #expect(message(#"{"op":"dance"}"#) == "there is no op `dance`")
        #expect(message(#"{"op":"x\n\u001b[2J"}"#) == "there is no op `x\u{FFFD}\u{FFFD}[2J`")
        #expect(
            message(#"{"op":"\#(String(repeating: "x", count: 99))"}"#)
                == "there is no op `\(String(repeating: "x", count: 32))`"
        )
        #expect(message("[]") == "a request is an object")
    }

    @Test func `the ref comes back whenever it could be read`() {
        for (line, expected) in [
            (#"{"ref":"5","op":"dance"}"#, "5"), (#"{"op":"say","ref":""}"#, ""), (#"{"ref":"a\nb"}"#, "a\nb"),
            (#"{"op":"ping","ref":null,"room":1,"text":2"#, nil), (#"{"op":"dance","ref":null}"#, nil),
            (#"{"op":"dance","ref":"\#(String(repeating: "x", count: 65))"}"#, nil),
            (#"{"op":"dance","ref":"\#(String(repeating: "x", count: 64))"}"#, String(repeating: "x", count: 64)),
        ] as [(String, String?)] {
            #expect {
                try StructuredRequest(text: line)
            } throws: {
                #expect(($0 as? RequestProblem)?.ref == expected, "\(line)")
                return true
            }
        }
    }

    @Test func `a text may be as long as the limit, counted as it was sent, and no longer`() throws {
        func code(_ line: String) -> StructuredError.Code? {
            do throws(RequestProblem) {
                _ = try StructuredRequest(text: line, textLimit: 8)
                return nil
            } catch {
                return error.error.code
            }
        }
        for template in [
            #"{"op":"say","room":"tea","text":"TEXT"}"#, #"{"op":"whisper","to":7,"text":"TEXT"}"#,
            #"{"op":"topic","room":"tea","text":"TEXT"}"#, #"{"op":"away","text":"TEXT"}"#,
            #"{"op":"kick","room":"tea","who":7,"reason":"TEXT"}"#, #"{"op":"announce","text":"TEXT"}"#,
            #"{"op":"ban","room":"tea","who":7,"reason":"TEXT"}"#, #"{"op":"oper","name":"x","password":"TEXT"}"#,
            #"{"op":"rooms","prefix":"TEXT"}"#, #"{"op":"unban","room":"tea","label":"TEXT"}"#,
        ] {
            for text in ["12345678", "grüße!", #"\u0001234567\t"#, #"\ud83d\ude00abcd"#] {
                #expect(code(template.replacing("TEXT", with: text)) == nil)
                #expect(code(template.replacing("TEXT", with: text + "x")) == .tooLong)
            }
        }
        #expect(
            message(#"{"op":"away","text":"123456789"}"#, textLimit: 8) == "`text` has 9 bytes, and may have 8"
        )
        // Ids and refs have limits of their own.
        let id = String(repeating: "x", count: 64)
        #expect(code(#"{"op":"say","room":"tea","text":"x","id":"\#(id)","ref":"\#(id)"}"#) == nil)
        #expect(code(#"{"op":"say","room":"tea","text":"x","id":"\#(id)x"}"#) == .badField)
    }
}

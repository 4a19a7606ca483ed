import ChatCore
import ChatWire
import Testing

/// Whatever one sends, nothing in it reaches another that a terminal obeys, and it stays within its own line.
@Suite struct StructuredSafetyTests {
    private static let removed: [Unicode.Scalar] = ["\u{200B}", "\u{2060}", "\u{FEFF}"]
    private static let scalars: [Unicode.Scalar] = {
        let ranges: [ClosedRange<UInt32>] = [
            0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0x200E...0x200F, 0x61C...0x61C,
        ]
        return ranges.joined().compactMap { Unicode.Scalar($0) } + removed
    }()

    private static let forbidden = Set(scalars)

    /// As an escape, and as it is where JSON allows that.
    private static func spellings(_ scalar: Unicode.Scalar) -> [String] {
        let digits = String(scalar.value, radix: 16)
        let escape = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        return scalar.value < 0x20 ? [escape] : [escape, String(scalar)]
    }

    private static func expectSafe(_ line: [UInt8], _ location: SourceLocation = #_sourceLocation) {
        StructuredPropertyTests.expectOneLine(line, location)
        let text = String(decoding: line.dropLast(), as: UTF8.self)
        let bad = text.unicodeScalars.filter { forbidden.contains($0) }
        #expect(bad.isEmpty, "\(text.debugDescription)", sourceLocation: location)
        // Nor as an escape, which whoever reads it would undo.
        #expect(!text.contains("\\u"), "\(text.debugDescription)", sourceLocation: location)
        #expect(!text.contains("\\n"), "\(text.debugDescription)", sourceLocation: location)
    }

    /// What the server would tell others of a request.
    private static func told(_ operation: StructuredRequest.Operation) -> StructuredFrame? {
        let author = Author(MemberID(1))
        func event(_ body: Event.Body) -> StructuredFrame {
            .event(RoomEvent(room: .lobby, sequence: 1, at: Timestamp(milliseconds: 0), body: body))
        }
        switch operation {
        case .say(let room, let text, _, let id):
            let at = Timestamp(milliseconds: 0)
            return .event(RoomEvent(room: room, sequence: 1, at: at, body: .said(author, text), id: id))
        case .whisper(let whom, let text):
            if case .nobody(let name) = whom { return refused(.noSuchMember(name)) }
            return .whispered(from: author, text)
        case .topic(_, let text): return event(.topic(text, by: author))
        case .announce(let text): return event(.announced(text, by: author))
        case .kick(_, _, let reason): return event(.ruled(.kicked(author, reason: reason), by: author))
        case .ban(_, _, _, let reason): return .notice(.removed(.lobby, by: author, reason: reason, isBan: true))
        case .unban(_, let label): return refused(.noSuchBan(label))
        case .rename(let name): return event(.renamed(from: author, to: Author(MemberID(1), name: name)))
        case .leave(let room): return refused(.notIn(room))
        default: return nil
        }
    }

    private static func refused(_ refusal: Refusal) -> StructuredFrame {
        .answer(StructuredAnswer(ref: "1", .failure(StructuredError(refusal))))
    }

    private static let templates = [
        #"{"op":"say","room":"lobby","text":"aXb"}"#, #"{"op":"say","room":"lobby","text":"a","id":"aXb"}"#,
        #"{"op":"whisper","to":1,"text":"aXb"}"#, #"{"op":"whisper","to":"a? Xb","text":"a"}"#,
        #"{"op":"topic","room":"lobby","text":"aXb"}"#, #"{"op":"announce","text":"aXb"}"#,
        #"{"op":"kick","room":"lobby","who":1,"reason":"aXb"}"#, #"{"op":"ban","room":"lobby","who":1,"reason":"aXb"}"#,
        #"{"op":"unban","room":"lobby","label":"aXb"}"#, #"{"op":"rename","nick":"aXb"}"#,
        #"{"op":"leave","room":"aXb"}"#,
        #"{"op":"aXb"}"#, #"{"op":"say","room":"aXb","text":"a"}"#, #"{"op":"history","room":"lobby","limit":"aXb"}"#,
    ]

    @Test(arguments: scalars)
    func `nothing that a terminal obeys gets through, by any way there is`(scalar: Unicode.Scalar) throws {
        for template in Self.templates {
            for spelling in Self.spellings(scalar) {
                let frame: StructuredFrame?
                do throws(RequestProblem) {
                    frame = Self.told(try StructuredRequest(text: template.replacing("X", with: spelling)).operation)
                } catch {
                    frame = .answer(StructuredAnswer(ref: error.ref, .failure(error.error)))
                }
                Self.expectSafe(try #require(frame, "\(template)").line)
            }
        }
    }

    @Test(arguments: scalars)
    func `nor does it get past a client, whatever the server is`(scalar: Unicode.Scalar) throws {
        let at = #""room":"lobby","seq":1,"at":"1970-01-01T00:00:00.000Z""#
        for template in [
            #"{"event":"said",\#(at),"from":{"uid":1,"nick":"aXb"},"text":"aXb","id":"aXb"}"#,
            #"{"event":"topic",\#(at),"by":{"uid":1,"nick":"aXb"},"text":"aXb"}"#,
            #"{"event":"left",\#(at),"who":{"uid":1,"nick":"aXb"},"how":"kicked","by":{"uid":1},"reason":"aXb"}"#,
            #"{"event":"renamed",\#(at),"who":{"uid":1,"nick":"aXb"},"nick":"aXb"}"#,
            #"{"event":"whispered","from":{"uid":1,"nick":"aXb"},"text":"aXb"}"#,
            #"{"event":"notice","kind":"name","nick":"a","kept":true,"message":"aXb"}"#,
            #"{"event":"closing","reason":"aXb","message":"aXb"}"#, #"{"event":"aXb"}"#,
            #"{"ok":false,"error":{"code":"aXb","message":"aXb"}}"#,
        ] {
            for spelling in Self.spellings(scalar) {
                Self.expectSafe(try StructuredFrame(text: template.replacing("X", with: spelling)).line)
            }
        }
    }

    @Test(arguments: scalars)
    func `nor past one who reads lists`(scalar: Unicode.Scalar) throws {
        for spelling in Self.spellings(scalar) {
            func reply(_ fields: String, to operation: StructuredRequest.Operation) throws -> [UInt8] {
                let json = try JSON(text: "{\(fields.replacing("X", with: spelling))}")
                let reply = try #require(StructuredReply(json, to: operation), "\(fields)")
                return written { reply.encode(ref: "1", into: &$0) }
            }
            let member = #"{"uid":1,"nick":"aXb","away":"aXb","address":"aXb"}"#
            let who = #""room":"lobby","members":[\#(member)],"more":0"#
            Self.expectSafe(try reply(who, to: .who(.lobby, prefix: "", after: nil)))
            let rooms = #""rooms":[{"room":"aXb"},{"room":"a","topic":"aXb"}],"more":0"#
            Self.expectSafe(try reply(rooms, to: .rooms(prefix: "")))
            let bans = #""bans":[{"label":"aXb","by":"aXb","reason":"aXb"}],"more":0"#
            Self.expectSafe(try reply(bans, to: .bans(.lobby)))
            Self.expectSafe(try reply(#""label":"aXb","seconds":1"#, to: .unban(.lobby, "x")))
            Self.expectSafe(
                try reply(#""to":{"uid":1,"nick":"aXb"},"away":"aXb""#, to: .whisper(to: Whom("x"), CleanText("x")))
            )
            let device = #"{"key":"aXb","version":"aXb","cipher":"aXb","group":"aXb","address":"aXb"}"#
            Self.expectSafe(
                try reply(#""uid":1,"nick":"aXb","devices":[\#(device)]"#, to: .whois(.number(MemberID(1))))
            )
            Self.expectSafe(try reply(#""uid":1,"nick":"aXb","words":["aXb"]"#, to: .verify(nil)))
            let enter = #""room":"a","uid":1,"nick":"aXb","epoch":"0123456789abcdef","head":1,"after":1,"topic":"aXb""#
            Self.expectSafe(try reply(enter, to: .enter(.lobby, Entry())))
        }
    }

    @Test func `a text that looks like a line of the protocol stays a text`() throws {
        let forged = "\",\"text\":\"x\"}\n{\"event\":\"closing\",\"reason\":\"bye\",\"message\":\"\\"
        let line = StructuredRequest(.say(.lobby, CleanText(forged), isAction: false, id: nil)).line
        let request = try StructuredRequest(line: line.dropLast())
        let frame = try #require(Self.told(request.operation))
        StructuredPropertyTests.expectOneLine(frame.line)
        let read = try StructuredFrame(line: frame.line.dropLast())
        guard case .event(let event) = read, case .said(_, let text) = event.body else {
            Issue.record("\(read)")
            return
        }
        #expect(text.string == forged.replacing("\n", with: "\u{FFFD}"))
    }
}

import ChatCore
import ChatWire
import Testing

/// Every line of a server as the page spells it, and what a client makes of others.
@Suite struct StructuredFrameTests {
    private static let alice = Author(MemberID(1), name: try? Nickname("alice"))
    private static let bob = Author(MemberID(2))
    private static let zoe = nickname("zoe")
    private static let hi = CleanText("hi")

    private static func event(_ body: Event.Body, id: String? = nil) -> StructuredFrame {
        let at = Timestamp(milliseconds: 1_795_343_510_123)
        return .event(RoomEvent(room: .lobby, sequence: 2, at: at, body: body, id: id.flatMap { MessageID($0) }))
    }

    private static let head = #""room":"lobby","seq":2,"at":"2026-11-22T10:31:50.123Z""#
    private static let by = #""by":{"uid":1,"nick":"alice"}"#

    private static let samples: [(StructuredFrame, String)] = [
        (event(.said(alice, hi)), #"{"event":"said",\#(head),"from":{"uid":1,"nick":"alice"},"text":"hi"}"#),
        (
            event(.acted(bob, hi), id: "5b0e"),
            #"{"event":"said",\#(head),"from":{"uid":2,"nick":null},"text":"hi","action":true,"id":"5b0e"}"#
        ),
        (event(.entered(bob)), #"{"event":"entered",\#(head),"who":{"uid":2,"nick":null}}"#),
        (event(.left(alice)), #"{"event":"left",\#(head),"who":{"uid":1,"nick":"alice"}}"#),
        (
            event(.ruled(.kicked(bob, reason: hi), by: alice)),
            #"{"event":"left",\#(head),"who":{"uid":2,"nick":null},"how":"kicked",\#(by),"reason":"hi"}"#
        ),
        (
            event(.ruled(.banned(bob, seconds: 60, reason: nil), by: alice)),
            #"{"event":"left",\#(head),"who":{"uid":2,"nick":null},"how":"banned",\#(by),"seconds":60}"#
        ),
        (
            event(.ruled(.banned(bob, seconds: nil, reason: hi), by: alice)),
            #"{"event":"left",\#(head),"who":{"uid":2,"nick":null},"how":"banned",\#(by),"reason":"hi"}"#
        ),
        (
            event(.renamed(from: Author(MemberID(1)), to: alice)),
            #"{"event":"renamed",\#(head),"who":{"uid":1,"nick":null},"nick":"alice"}"#
        ),
        (event(.topic(hi, by: alice)), #"{"event":"topic",\#(head),\#(by),"text":"hi"}"#),
        (event(.topic(nil, by: alice)), #"{"event":"topic",\#(head),\#(by),"text":null}"#),
        (event(.announced(hi, by: alice)), #"{"event":"notice","kind":"announcement",\#(head),\#(by),"text":"hi"}"#),
        (
            event(.ruled(.muted(bob, seconds: nil), by: alice)),
            #"{"event":"notice","kind":"muted",\#(head),\#(by),"who":{"uid":2,"nick":null},"seconds":null}"#
        ),
        (
            event(.ruled(.muted(bob, seconds: 5), by: alice)),
            #"{"event":"notice","kind":"muted",\#(head),\#(by),"who":{"uid":2,"nick":null},"seconds":5}"#
        ),
        (
            event(.ruled(.unmuted(bob), by: alice)),
            #"{"event":"notice","kind":"unmuted",\#(head),\#(by),"who":{"uid":2,"nick":null}}"#
        ),
        (
            event(.ruled(.moderator(bob, false), by: alice)),
            #"{"event":"notice","kind":"moderator",\#(head),\#(by),"who":{"uid":2,"nick":null},"on":false}"#
        ),
        (event(.ruled(.slow(seconds: 9), by: alice)), #"{"event":"notice","kind":"slow",\#(head),\#(by),"seconds":9}"#),
        (event(.ruled(.lockdown(true), by: alice)), #"{"event":"notice","kind":"lockdown",\#(head),\#(by),"on":true}"#),
        (
            event(.ruled(.isPrivate(false), by: alice)),
            #"{"event":"notice","kind":"private",\#(head),\#(by),"on":false}"#
        ),
        (.whispered(from: alice, hi), #"{"event":"whispered","from":{"uid":1,"nick":"alice"},"text":"hi"}"#),
        (.gap(.lobby, after: 7, missed: 3), #"{"event":"gap","room":"lobby","after":7,"missed":3}"#),
        (.notice(.invited(.lobby, by: alice)), #"{"event":"notice","kind":"invited","room":"lobby",\#(by)}"#),
        (
            .notice(.removed(.lobby, by: alice, reason: nil, isBan: true)),
            #"{"event":"notice","kind":"removed","room":"lobby",\#(by),"how":"banned","reason":null}"#
        ),
        (
            .notice(.removed(.lobby, by: alice, reason: hi, isBan: false)),
            #"{"event":"notice","kind":"removed","room":"lobby",\#(by),"how":"kicked","reason":"hi"}"#
        ),
        (
            .notice(.name(zoe, isKept: false, message: "full")),
            #"{"event":"notice","kind":"name","nick":"zoe","kept":false,"message":"full"}"#
        ),
        (.notice(.unread(3)), #"{"event":"notice","kind":"unread","count":3}"#),
        (.notice(.silent(seconds: 60)), #"{"event":"notice","kind":"silent","seconds":60}"#),
        (.closing(Closing(.takenOver, "bye")), #"{"event":"closing","reason":"taken-over","message":"bye"}"#),
        (
            .answer(StructuredAnswer(ref: "1", .failure(StructuredError(.slow, "wait", position: 3, seconds: 4)))),
            #"{"ref":"1","ok":false,"error":{"code":"slow","message":"wait","position":3,"seconds":4}}"#
        ),
        (.answer(StructuredAnswer(ref: nil, .success(.object([])))), #"{"ok":true}"#),
    ]

    @Test func `each is spelled as the page says, and read back`() throws {
        for (frame, line) in Self.samples {
            #expect(String(decoding: frame.line, as: UTF8.self) == line + "\n")
            #expect(try StructuredFrame(text: line) == frame)
        }
    }

    @Test func `replies are spelled as the page says`() {
        for (reply, fields) in [
            (.done, ""), (.left(.lobby), #","room":"lobby""#), (.said(7, again: true), #","seq":7,"again":true"#),
            (.whispered(to: Self.bob, away: nil), #","to":{"uid":2,"nick":null}"#),
            (.whispered(to: Self.bob, away: Self.hi), #","to":{"uid":2,"nick":null},"away":"hi""#),
            (.named(Self.alice), #","uid":1,"nick":"alice""#), (.topic(.lobby, nil), #","room":"lobby","text":null"#),
            (.invited(.lobby, Self.bob), #","room":"lobby","who":{"uid":2,"nick":null}"#),
            (.banned("bob", seconds: nil), #","label":"bob","seconds":null"#), (.unbanned("bob"), #","label":"bob""#),
            (
                .named(Author(MemberID(1), name: Self.zoe, isVerified: true)),
                #","uid":1,"nick":"zoe","verified":true"#
            ),
            (
                .whois(Profile(author: Self.bob, isOperator: true, idle: 5, devices: [Self.guest, Self.device])),
                #","uid":2,"nick":null,"operator":true,"idle":5,"devices":["#
                    + #"{"key":null,"version":null,"cipher":null,"group":null},"#
                    + #"{"key":"\#(Self.key)","version":"TLSv1.3","cipher":"c","group":"g","address":"::1"}]"#
            ),
            (.released(Self.zoe), #","nick":"zoe""#), (.linked([Self.zoe]), #","nicks":["zoe"]"#),
            (.words(Self.bob, ["a b c d"]), #","uid":2,"nick":null,"words":["a b c d"]"#),
            (.admitted(Self.key, nil), #","key":"\#(Self.key)","nick":null"#),
            (.announced(3), #","rooms":3"#), (.rooms(Listing([], more: 0)), #","rooms":[],"more":0"#),
            (
                .rooms(Listing([RoomSummary(name: .lobby, members: 2, topic: nil)], more: 1)),
                #","rooms":[{"room":"lobby","members":2,"topic":null}],"more":1"#
            ),
            (
                .bans(Listing([BanSummary(label: "b", by: "a", left: nil, reason: nil)], more: 0)),
                #","bans":[{"label":"b","by":"a","left":null,"reason":null}],"more":0"#
            ),
            (
                .who(.lobby, Listing([Self.member(address: nil), Self.member(address: Address("::1"))], more: 0)),
                #","room":"lobby","members":[{"uid":2,"nick":null,"present":5,"idle":4,"away":null,"moderator":true,"#
                    + #""operator":false},{"uid":2,"nick":null,"present":5,"idle":4,"away":null,"moderator":true,"#
                    + #""operator":false,"address":"::1"}],"more":0"#
            ),
        ] as [(StructuredReply, String)] {
            let line = written { reply.encode(ref: "1", into: &$0) }
            #expect(String(decoding: line, as: UTF8.self) == #"{"ref":"1","ok":true\#(fields)}"# + "\n")
        }
    }

    private static let key = fingerprint(0xA1)
    private static let guest = DeviceProfile(key: nil, terms: nil, address: nil)
    private static let device = DeviceProfile(
        key: key,
        terms: TLSTerms(version: "TLSv1.3", cipher: "c", group: "g"),
        address: Address("::1")
    )

    private static func nickname(_ text: String) -> Nickname {
        guard let name = try? Nickname(text) else { preconditionFailure("\(text) is a name") }
        return name
    }

    private static func fingerprint(_ byte: UInt8) -> KeyFingerprint {
        guard let key = KeyFingerprint([UInt8](repeating: byte, count: 32)) else { preconditionFailure("32 bytes") }
        return key
    }

    private static func member(address: Address?) -> MemberSummary {
        MemberSummary(
            author: bob,
            present: 5,
            idle: 4,
            away: nil,
            isModerator: true,
            isOperator: false,
            address: address
        )
    }

    // MARK: Newer and stranger servers

    @Test func `what a newer server adds is passed over`() throws {
        #expect(try StructuredFrame(text: #"{"event":"party"}"#) == .unknown(event: "party"))
        #expect(try StructuredFrame(text: #"{"event":"notice","kind":"party"}"#) == .unknown(event: "notice"))
        #expect(try StructuredFrame(text: #"{"event":"notice"}"#) == .unknown(event: "notice"))
        let gap = #"{"new":[1],"event":"gap","room":"lobby","after":7,"missed":3,"seq":{}}"#
        #expect(try StructuredFrame(text: gap) == .gap(.lobby, after: 7, missed: 3))
        let closing = #"{"event":"closing","reason":"coffee"}"#
        #expect(try StructuredFrame(text: closing) == .closing(Closing(.other, "")))
        let left = #"{"event":"left",\#(Self.head),"who":{"uid":1,"nick":"alice"},"how":"beamed"}"#
        #expect(try StructuredFrame(text: left) == Self.event(.left(Self.alice)))
        let error = #"{"ok":false,"error":{"code":"coffee"}}"#
        let expected = StructuredAnswer(ref: nil, .failure(StructuredError(.other("coffee"), "")))
        #expect(try StructuredFrame(text: error) == .answer(expected))
    }

    @Test func `events of a past that are not known are left out`() throws {
        let known = #"{"event":"entered",\#(Self.head),"who":{"uid":2,"nick":null}}"#
        let json = try JSON(
            text: #"{"room":"lobby","epoch":"0123456789abcdef","events":[{"event":"party"},7,\#(known)],"more":false}"#
        )
        guard case .history(_, _, let events, _) = StructuredReply(json, to: .history(.lobby, Past())) else {
            Issue.record("no history")
            return
        }
        #expect(events.map { StructuredFrame.event($0) } == [Self.event(.entered(Self.bob))])
    }

    @Test func `a name that could not be one is none, and texts are cleaned`() throws {
        for nick in [#""\u001b[2J""#, #""""#, "7", #""a b""#, #""server""#, "{}"] {
            let line = #"{"event":"whispered","from":{"uid":2,"nick":\#(nick)},"text":"a\u001b\u202e\n"}"#
            let frame = StructuredFrame.whispered(from: Self.bob, CleanText("a\u{FFFD}\u{FFFD}\u{FFFD}"))
            #expect(try StructuredFrame(text: line) == frame)
        }
        let closing = #"{"event":"closing","reason":"bye","message":"\u001b[2J"}"#
        #expect(try StructuredFrame(text: closing) == .closing(Closing(.bye, "\u{FFFD}[2J")))
    }

    @Test(arguments: samples.map(\.1))
    func `without a field that has to be there it is refused, and it says which`(line: String) throws {
        guard case .object(let members) = try JSON(text: line) else { return }
        let event = try JSON(text: line)["event"]?.string
        let kind = try JSON(text: line)["kind"]?.string
        var optional: Set = ["id", "action", "how", "reason", "message", "ref"]
        if event == "topic" { optional.insert("text") }
        if event == "renamed" { optional.insert("nick") }
        if event == "left" || kind == "muted" { optional.insert("seconds") }
        // Without these it is another one, or none that is known.
        if event == "closing" { optional.remove("reason") }
        for (place, member) in members.enumerated() {
            var less = members
            less.remove(at: place)
            let text = JSON.object(less).text
            do throws(JSONProblem) {
                let frame = try StructuredFrame(text: text)
                let isUnknown = member.name == "kind" && frame == .unknown(event: "notice")
                #expect(optional.contains(member.name) || isUnknown, "\(text)")
            } catch {
                #expect(
                    ["event", "kind"].contains(member.name) || error.reason.contains("`\(member.name)`"),
                    "\(text)"
                )
            }
        }
    }
}

import ChatCore
import ChatWire
import TestKit

/// Requests and frames of every kind.
extension SeededGenerator {
    mutating func request() -> StructuredRequest {
        StructuredRequest(operation(), ref: once(in: 2) ? hostileText(upTo: 8) : nil)
    }

    // MARK: Parts

    mutating func number() -> UInt64 { next() >> UInt64.random(in: 11...63, using: &self) }

    mutating func count(upTo most: Int = 1 << 52) -> Int { Int.random(in: 0...most, using: &self) }

    mutating func maybe<Value>(_ value: (inout SeededGenerator) -> Value) -> Value? {
        once(in: 2) ? value(&self) : nil
    }

    mutating func text() -> CleanText { CleanText(hostileText(upTo: 12)) }

    /// With something in it that is neither removed nor a space.
    mutating func speech() -> CleanText { CleanText("x" + hostileText(upTo: 30)) }

    mutating func room() -> RoomName {
        let names = ["lobby", "tea", "7", "Grüße", "комната", "a.b-c_d", "部屋"].compactMap { try? RoomName($0) }
        return names.randomElement(using: &self) ?? .lobby
    }

    mutating func nickname() -> Nickname? {
        ["alice", "Bob", "Zoë", "анна", "x-7", "太郎"].compactMap { try? Nickname($0) }.randomElement(using: &self)
    }

    mutating func author() -> Author { Author(MemberID(number()), name: maybe { $0.nickname() } ?? nil) }

    mutating func whom() -> Whom {
        switch Int.random(in: 0..<4, using: &self) {
        case 0: .number(MemberID(number()))
        case 1: .number(MemberID(next()))
        case 2: nickname().map { .name($0) } ?? .number(MemberID(1))
        default: Whom(CleanText("? " + hostileText(upTo: 6)).string)
        }
    }

    mutating func moment() -> Timestamp {
        Timestamp(milliseconds: Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &self))
    }

    mutating func messageID() -> MessageID? { MessageID(CleanText("i" + hostileText(upTo: 8)).string) }

    // MARK: Requests

    static let operations = 33

    mutating func operation() -> StructuredRequest.Operation {
        operation(Int.random(in: 0..<Self.operations, using: &self))
    }

    mutating func operation(_ kind: Int) -> StructuredRequest.Operation {
        switch kind {
        case 0: .enter(room(), entry())
        case 1: .leave(room())
        case 2: .say(room(), speech(), isAction: once(in: 2), id: maybe { $0.messageID() } ?? nil)
        case 3: .whisper(to: whom(), speech())
        case 4: nickname().map { .rename($0) } ?? .ping
        case 5: .who(room(), prefix: text().string, after: maybe { MemberID($0.number()) })
        case 6: .rooms(prefix: text().string)
        case 7: .topic(room(), maybe { $0.text() })
        case 8:
            .history(room(), Past(after: maybe { $0.number() }, before: maybe { $0.number() }, limit: count(upTo: 600)))
        case 9: .invite(room(), whom())
        case 10: .away(maybe { $0.speech() })
        case 11: .kick(room(), whom(), reason: maybe { $0.speech() })
        case 12:
            .ban(room(), target(), seconds: maybe { 1 + $0.count(upTo: 1000) }, reason: maybe { $0.speech() })
        case 13: .unban(room(), speech().string)
        case 14: .bans(room())
        case 15: .mute(room(), whom(), seconds: maybe { 1 + $0.count(upTo: 1000) })
        case 16: .unmute(room(), whom())
        case 17: .setModerator(room(), whom(), true)
        case 18: .setModerator(room(), whom(), false)
        case 19: .slow(room(), seconds: count(upTo: 86_400))
        case 20: .lockdown(room(), once(in: 2))
        case 21: .setPrivate(room(), once(in: 2))
        case 22: .announce(speech())
        case 23: .oper(account: speech().string, password: "p" + hostileText(upTo: 8))
        case 24: .ping
        case 25: .bye
        case 26: .search(room(), words(), before: maybe { $0.number() }, limit: 1 + count(upTo: 499))
        case 27: .whois(whom())
        case 28: nickname().map { .release($0) } ?? .ping
        case 29: .link(maybe { $0.code() })
        case 30: .verify(maybe { $0.whom() })
        case 31: .admit(key(), maybe { $0.nickname() } ?? nil)
        default: .forget
        }
    }

    mutating func key() -> KeyFingerprint {
        let bytes = (0..<KeyFingerprint.count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
        guard let key = KeyFingerprint(bytes) else { preconditionFailure("they are as many as there have to be") }
        return key
    }

    mutating func code() -> LinkCode {
        let digits = (0..<8).map { _ in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".randomElement(using: &self) ?? "0" }
        guard let code = LinkCode(String(digits)) else { preconditionFailure("these are digits of a code") }
        return code
    }

    private mutating func entry() -> Entry {
        let start: Entry.Start =
            switch Int.random(in: 0..<3, using: &self) {
            case 0: .now
            case 1: .after(number(), of: maybe { Epoch(using: &$0) })
            default: .last(count(upTo: 1000))
            }
        return Entry(as: maybe { $0.nickname() } ?? nil, from: start, session: maybe { SessionSecret(using: &$0) })
    }

    private mutating func target() -> BanTarget {
        let ranges = ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"].compactMap { AddressRange($0) }
        if once(in: 4) { return .key(key()) }
        if once(in: 2), let range = ranges.randomElement(using: &self) { return .addresses(range) }
        return .member(whom())
    }

    private mutating func words() -> CleanText {
        let words = (0...count(upTo: 6)).map { _ in "w" + hostileText(upTo: 8).filter { $0 != " " } }
        return CleanText(words.joined(separator: " "))
    }

    // MARK: Frames

    static let bodies = 17

    mutating func body(_ kind: Int) -> Event.Body {
        switch kind {
        case 0: return .entered(author())
        case 1: return .left(author())
        case 2: return .said(author(), text())
        case 3: return .acted(author(), text())
        case 4:
            let before = author()
            return .renamed(from: before, to: Author(before.member, name: maybe { $0.nickname() } ?? nil))
        case 5: return .topic(maybe { $0.text() }, by: author())
        case 6: return .announced(text(), by: author())
        case 7: return .ruled(.kicked(author(), reason: maybe { $0.text() }), by: author())
        case 8:
            return .ruled(.banned(author(), seconds: maybe { $0.count() }, reason: maybe { $0.text() }), by: author())
        case 9: return .ruled(.muted(author(), seconds: maybe { $0.count() }), by: author())
        case 10: return .ruled(.unmuted(author()), by: author())
        case 11: return .ruled(.moderator(author(), once(in: 2)), by: author())
        case 12: return .ruled(.slow(seconds: count()), by: author())
        case 13: return .ruled(.lockdown(once(in: 2)), by: author())
        case 14: return .ruled(.isPrivate(once(in: 2)), by: author())
        case 15: return .forgotten(author())
        default: return .forgot(author())
        }
    }

    mutating func event(_ kind: Int) -> RoomEvent {
        let body = body(kind)
        let id =
            switch body {
            case .said, .acted: maybe { $0.messageID() } ?? nil
            default: nil as MessageID?
            }
        return RoomEvent(room: room(), sequence: number(), at: moment(), body: body, id: id)
    }

    static let frames = bodies + 11

    mutating func frame() -> StructuredFrame { frame(Int.random(in: 0..<Self.frames, using: &self)) }

    mutating func frame(_ kind: Int) -> StructuredFrame {
        switch kind {
        case 0..<Self.bodies: return .event(event(kind))
        case Self.bodies: return .welcome(welcome())
        case Self.bodies + 1: return .whispered(from: author(), text())
        case Self.bodies + 2: return .gap(room(), after: number(), missed: number())
        case Self.bodies + 3: return .notice(.invited(room(), by: author()))
        case Self.bodies + 4:
            return .notice(.removed(room(), by: author(), reason: maybe { $0.text() }, isBan: once(in: 2)))
        case Self.bodies + 5: return .notice(.unread(count()))
        case Self.bodies + 6: return .notice(.silent(seconds: count()))
        case Self.bodies + 7:
            return .closing(Closing(Closing.Reason.allCases.randomElement(using: &self) ?? .bye, text().string))
        case Self.bodies + 9:
            guard let name = nickname() else { return .notice(.unread(count())) }
            return .notice(.name(name, isKept: once(in: 2), message: text().string))
        case Self.bodies + 8: return .unknown(event: "new-" + text().string)
        default: return .answer(answer())
        }
    }

    private mutating func welcome() -> StructuredWelcome {
        var welcome = StructuredWelcome(
            server: text().string,
            member: MemberID(number()),
            session: SessionSecret(using: &self),
            address: text().string,
            key: maybe { $0.key() },
            limits: .init(
                line: count(),
                frame: count(),
                messages: Int64(count()),
                burst: Int64(count()),
                rooms: count()
            )
        )
        welcome.nextPin = maybe { $0.nextPin() } ?? nil
        return welcome
    }

    private mutating func nextPin() -> NextPin? {
        guard let pin = KeyFingerprint(bytes(32)), let old = KeyFingerprint(bytes(32)) else { return nil }
        let signatures = (0..<Int.random(in: 0...3, using: &self)).map { _ in
            NextPin.Signature(host: text().string, old: old, bytes: bytes(Int.random(in: 0...72, using: &self)))
        }
        return NextPin(pin: pin, key: bytes(91), signatures: signatures)
    }

    private mutating func answer() -> StructuredAnswer {
        let ref = maybe { $0.hostileText(upTo: 8) }
        guard once(in: 2) else {
            let fields = ["seq", "x\n", "again"].map { JSON.Member($0, json(depth: 2)) }
            return StructuredAnswer(ref: ref, .success(.object(fields)))
        }
        let code = StructuredError.Code.known.randomElement(using: &self) ?? .other("new")
        let error = StructuredError(
            code,
            text().string,
            position: maybe { $0.count() },
            seconds: maybe { $0.count() }
        )
        return StructuredAnswer(ref: ref, .failure(error))
    }

    // MARK: Replies

    static let replies = 23

    /// With what it answers.
    mutating func reply(_ kind: Int) -> (StructuredReply, StructuredRequest.Operation) {
        switch kind {
        case 0:
            return (
                .done, operation([10, 11, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25].randomElement(using: &self) ?? 10)
            )
        case 1: return (.entered(enter()), operation(0))
        case 2: return (.left(room()), operation(1))
        case 3: return (.said(number(), again: once(in: 2)), operation(2))
        case 4: return (.whispered(to: author(), away: maybe { $0.text() }), operation(3))
        case 5: return (.named(author()), operation(4))
        case 6: return (.who(room(), Listing((0..<3).map { _ in member() }, more: count())), operation(5))
        case 7:
            let rooms = (0..<3).map { _ in RoomSummary(name: room(), members: count(), topic: maybe { $0.text() }) }
            return (.rooms(Listing(rooms, more: count())), operation(6))
        case 8: return (.topic(room(), maybe { $0.text() }), operation(7))
        case 9:
            let events = (0..<Self.bodies).map { event($0) }
            return (.history(room(), Epoch(using: &self), events, more: once(in: 2)), operation(8))
        case 10: return (.invited(room(), author()), operation(9))
        case 11: return (.banned(text().string, seconds: maybe { $0.count() }), operation(12))
        case 12: return (.unbanned(text().string), operation(13))
        case 13:
            let bans = (0..<3).map { _ in
                BanSummary(
                    label: text().string,
                    by: text().string,
                    left: maybe { $0.count() },
                    reason: maybe { $0.text() }
                )
            }
            return (.bans(Listing(bans, more: count())), operation(14))
        case 14: return (.announced(count()), operation(22))
        case 15: return (.history(room(), Epoch(using: &self), [], more: once(in: 2)), operation(26))
        case 16: return (.whois(profile()), operation(27))
        case 17: return (.released(name()), .release(name()))
        case 18: return (.code(code(), seconds: count()), .link(nil))
        case 19: return (.linked((0..<3).map { _ in name() }), .link(code()))
        case 20: return (.words(author(), (0..<2).map { _ in text().string }), operation(30))
        case 21: return (.admitted(key(), once(in: 2) ? name() : nil), operation(31))
        default: return (.forgot(count()), operation(32))
        }
    }

    private mutating func name() -> Nickname {
        guard let name = nickname() else { preconditionFailure("these are names") }
        return name
    }

    private mutating func profile() -> Profile {
        let devices = (0..<2).map { _ in
            DeviceProfile(
                key: maybe { $0.key() },
                terms: maybe { TLSTerms(version: $0.text().string, cipher: $0.text().string, group: $0.text().string) },
                address: once(in: 2) ? Address("2001:db8::1") : nil
            )
        }
        return Profile(author: author(), isOperator: once(in: 2), idle: count(), devices: devices)
    }

    private mutating func member() -> MemberSummary {
        MemberSummary(
            author: author(),
            present: count(),
            idle: count(),
            away: maybe { $0.text() },
            isModerator: once(in: 2),
            isOperator: once(in: 2),
            address: once(in: 2) ? Address("2001:db8::1") : nil
        )
    }

    private mutating func enter() -> StructuredEnter {
        StructuredEnter(
            room: room(),
            author: author(),
            epoch: Epoch(using: &self),
            head: number(),
            after: number(),
            missed: number(),
            isReset: once(in: 2),
            isResumed: maybe { $0.once(in: 2) },
            members: (0..<3).map { _ in author() },
            more: count(),
            topic: maybe { $0.text() },
            isPrivate: once(in: 2),
            slow: count(),
            isModerator: once(in: 2),
            keeps: .init(messages: maybe { $0.count() }, days: maybe { $0.count() }, bytes: maybe { $0.count() })
        )
    }
}

extension StructuredRequest {
    var line: [UInt8] { written { encode(into: &$0) } }

    init(line: some Sequence<UInt8>, textLimit: Int = .max) throws(RequestProblem) {
        let bytes = Array(line)
        try self.init(bytes.span.bytes, textLimit: textLimit)
    }

    init(text: String, textLimit: Int = .max) throws(RequestProblem) {
        try self.init(line: text.utf8, textLimit: textLimit)
    }
}

extension StructuredFrame {
    var line: [UInt8] { written { encode(into: &$0) } }

    init(line: some Sequence<UInt8>) throws(JSONProblem) {
        let bytes = Array(line)
        try self.init(bytes.span.bytes)
    }

    init(text: String) throws(JSONProblem) {
        try self.init(line: text.utf8)
    }
}

func written(_ write: (inout [UInt8]) -> Void) -> [UInt8] {
    var bytes: [UInt8] = []
    write(&bytes)
    return bytes
}

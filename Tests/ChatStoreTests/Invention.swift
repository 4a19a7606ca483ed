import ChatCore

/// Makes things up, the same ones each time for the same seed.
struct Invention: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    // SplitMix64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func isTrue() -> Bool { Bool.random(using: &self) }
    mutating func maybe<T>(_ value: T) -> T? { isTrue() ? value : nil }

    static let words = [
        "hello", "Straße", "STRASSE", "lobby", "'quoted'", "\"double\"", "NEAR", "OR", "*", "(", "col:umn", "-x", "東京都",
        "北京", "日", "한국어", "👩‍👩‍👧", "🎉", "é", "e\u{301}", "İstanbul", "Ωμέγα", "%", "_", "\\", ";--", "a", "of", "NULL", "x",
    ]

    mutating func word() -> String { Self.words.randomElement(using: &self)! }

    mutating func text() -> CleanText {
        CleanText((0..<number(0...12)).map { _ in word() }.joined(separator: isTrue() ? " " : ""))
    }

    mutating func author() -> Author {
        let names = ["alice", "Bob", "Ζωή", "陳大文", "x-1.y"]
        let name = maybe(names[number(0...4)]).flatMap { try? Nickname($0) }
        return Author(MemberID(UInt64(number(1...5))), name: name)
    }

    mutating func body() -> Event.Body {
        let (by, to) = (author(), author())
        switch number(0...17) {
        case 0: return .entered(by)
        case 1: return .left(by)
        case 2: return .renamed(from: by, to: to)
        case 3: return .topic(maybe(text()), by: by)
        case 4: return .announced(text(), by: by)
        case 5: return .forgotten(by)
        case 6: return .forgot(by)
        case 7: return .ruled(.kicked(to, reason: maybe(text())), by: by)
        case 8: return .ruled(.banned(to, seconds: maybe(number(0...1000)), reason: maybe(text())), by: by)
        case 9: return .ruled(.muted(to, seconds: maybe(number(1...1000))), by: by)
        case 10: return .ruled(.unmuted(to), by: by)
        case 11: return .ruled(.moderator(to, isTrue()), by: by)
        case 12: return .ruled(.slow(seconds: number(0...60)), by: by)
        case 13: return .ruled(isTrue() ? .lockdown(isTrue()) : .isPrivate(isTrue()), by: by)
        case 14: return .acted(by, text())
        default: return .said(by, text())
        }
    }

    mutating func event(_ room: RoomID, _ sequence: UInt64, at: Int64) -> Event {
        let body = body()
        let id = body.text == nil ? nil : maybe(MessageID("id \(sequence) '\(word())'"))
        return Event(room: room, sequence: sequence, at: Timestamp(milliseconds: at), body: body, id: id ?? nil)
    }

    /// - Parameter newsOnly: of so many in ten, the rest being nothing but who came and went.
    mutating func events(_ room: RoomID, _ sequences: ClosedRange<UInt64>, news: Int = 0) -> [Event] {
        sequences.map { sequence in
            guard number(0...9) < news else { return event(room, sequence, at: Int64(sequence) * 1000) }
            return Event(
                room: room,
                sequence: sequence,
                at: Timestamp(milliseconds: Int64(sequence) * 1000),
                body: isTrue() ? .entered(author()) : .left(author())
            )
        }
    }

    mutating func record(_ id: RoomID, _ name: String, isKept: Bool = true) -> RoomRecord {
        RoomRecord(
            id: id,
            name: (try? RoomName(name)) ?? .lobby,
            epoch: Epoch(using: &self),
            topic: maybe(text()),
            isPrivate: isTrue(),
            isLocked: isTrue(),
            slow: number(0...60),
            isKept: isKept,
            rights: RoomRights(
                owner: maybe(key()),
                moderators: (0..<number(0...3)).map { _ in key() },
                guests: (0..<number(0...3)).map { _ in key() }
            )
        )
    }

    mutating func key() -> KeyFingerprint {
        let bytes = (0..<KeyFingerprint.count).map { _ in UInt8(truncatingIfNeeded: number(0...255)) }
        guard let key = KeyFingerprint(bytes) else { preconditionFailure("they are as many as there have to be") }
        return key
    }

    /// With names that no other number has.
    mutating func account(_ number: UInt64) -> AccountRecord {
        AccountRecord(
            number: number,
            keys: (0...self.number(0...2)).map { _ in key() },
            names: ["ann", "bob"].prefix(self.number(0...2)).compactMap { try? Nickname("\($0)-\(number)") },
            seen: Timestamp(milliseconds: Int64(self.number(0...1_000_000))),
            isAdmitted: isTrue()
        )
    }

    mutating func sanction(_ label: String, until: Timestamp?) -> Sanction {
        Sanction(
            label: label,
            member: maybe(MemberID(UInt64(number(1...9)))),
            name: maybe("mallory").flatMap { try? Nickname($0) },
            addresses: maybe(AddressRange(isTrue() ? "10.0.0.0/8" : "2001:db8::/64")!),
            key: maybe(key()),
            by: "oper",
            until: until,
            reason: maybe(text())
        )
    }
}

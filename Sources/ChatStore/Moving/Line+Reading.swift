internal import ChatCore
internal import ChatWire

/// What a line of an export says.
enum LineContent {
    case header
    case room(RoomRecord, head: UInt64)
    case sanction(room: String, SanctionKind, Sanction)
    case event(room: String, ReadEvent)
    case account(AccountRecord)
    case end(lastMember: MemberID)

    /// An event that does not know its room's number yet.
    struct ReadEvent {
        let sequence: UInt64
        let at: Timestamp
        let body: Event.Body
        let id: MessageID?
    }
}

/// Why a line cannot be taken.
struct LineProblem: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

extension LineContent {
    init(_ bytes: RawSpan) throws(LineProblem) {
        let json: JSON
        do {
            json = try JSON(bytes, limits: .request)
        } catch {
            throw LineProblem("\(error.reason), at byte \(error.position)")
        }
        let fields = Fields(json)
        switch try fields.text("type") {
        case "conclave-history":
            guard try fields.number("version") == Line.version else {
                throw LineProblem("this is of a newer version of conclaved")
            }
            self = .header
        case "room": self = .room(try fields.record(), head: try fields.head())
        case "ban": self = .sanction(room: try fields.text("room"), .ban, try fields.sanction())
        case "mute": self = .sanction(room: try fields.text("room"), .mute, try fields.sanction())
        case "event": self = .event(room: try fields.text("room"), try fields.event())
        case "account": self = .account(try fields.account())
        case "end": self = .end(lastMember: try fields.lastMember())
        case let type: throw LineProblem("there is no line of type '\(type)'")
        }
    }
}

/// The fields of one line, and what is wrong with them.
private struct Fields {
    private let json: JSON

    init(_ json: JSON) {
        self.json = json
    }

    func text(_ name: String) throws(LineProblem) -> String {
        guard let text = json[name]?.string else { throw LineProblem("'\(name)' should be a text") }
        return text
    }

    func number(_ name: String) throws(LineProblem) -> Int64 {
        guard let number = json[name]?.integer else { throw LineProblem("'\(name)' should be a number") }
        return number
    }

    /// From 0 on.
    func count(_ name: String) throws(LineProblem) -> UInt64 {
        guard let count = UInt64(exactly: try number(name)) else { throw LineProblem("'\(name)' is below zero") }
        return count
    }

    /// From the next number on there have to be enough for all who will ever come.
    func lastMember() throws(LineProblem) -> MemberID {
        let number = try count("lastMember")
        guard number < Self.mostMembers else {
            throw LineProblem("'lastMember' is \(number), which is more than were ever given; mend the line")
        }
        return MemberID(number)
    }

    /// At a million a second it would take nine years to get there.
    private static let mostMembers: UInt64 = 1 << 48

    /// The same for events.
    func head() throws(LineProblem) -> UInt64 {
        let head = try count("head")
        guard EventKey.of(.lobby, head + 1) != nil else {
            throw LineProblem("'head' is \(head), and no room can have so many events; mend the line")
        }
        return head
    }

    func account() throws(LineProblem) -> AccountRecord {
        let number = try count("id")
        guard number > 0, number < Self.mostMembers else { throw LineProblem("'id' cannot be that of an account") }
        var (keys, names): ([KeyFingerprint], [Nickname]) = ([], [])
        for text in try texts("keys") {
            keys.append(try key(text))
        }
        for text in try texts("names") {
            guard let name = try? Nickname(text) else { throw LineProblem("'\(text)' cannot be a name") }
            names.append(name)
        }
        guard !keys.isEmpty, Set(keys).count == keys.count, Set(names).count == names.count else {
            throw LineProblem("an account has at least one key, and each key and name once")
        }
        let (seen, isAdmitted) = (try moment("seen"), try flag("admitted"))
        return AccountRecord(number: number, keys: keys, names: names, seen: seen, isAdmitted: isAdmitted)
    }

    private func texts(_ name: String) throws(LineProblem) -> [String] {
        guard let items = json[name]?.array else { throw LineProblem("'\(name)' should be a list") }
        let texts = items.compactMap(\.string)
        guard texts.count == items.count else { throw LineProblem("'\(name)' should be a list of texts") }
        return texts
    }

    private func flag(_ name: String) throws(LineProblem) -> Bool {
        guard let flag = json[name]?.bool else { throw LineProblem("'\(name)' should be true or false") }
        return flag
    }

    private func cleanText(_ name: String) throws(LineProblem) -> CleanText? {
        json[name] == nil ? nil : CleanText(try text(name))
    }

    private func moment(_ name: String) throws(LineProblem) -> Timestamp {
        if let milliseconds = json[name]?.integer { return Timestamp(milliseconds: milliseconds) }
        guard let moment = Timestamp(iso8601: try text(name)) else {
            throw LineProblem("'\(name)' should be a time such as 2026-11-22T10:31:50.123Z")
        }
        return moment
    }

    private func nickname(_ name: String) throws(LineProblem) -> Nickname? {
        guard json[name] != nil else { return nil }
        let text = try text(name)
        do {
            return try Nickname(text)
        } catch {
            throw LineProblem("'\(text)' cannot be a name")
        }
    }

    private func author(_ uid: String, _ name: String) throws(LineProblem) -> Author {
        Author(MemberID(try count(uid)), name: try nickname(name))
    }

    func record() throws(LineProblem) -> RoomRecord {
        let text = try text("room")
        guard let name = try? RoomName(text) else { throw LineProblem("'\(text)' cannot be the name of a room") }
        guard let epoch = Epoch(try self.text("epoch")) else { throw LineProblem("'epoch' should be 16 digits") }
        return RoomRecord(
            id: RoomID(try count("id")),
            name: name,
            epoch: epoch,
            topic: try cleanText("topic"),
            isPrivate: try flag("private"),
            isLocked: try flag("locked"),
            slow: Int(try count("slow")),
            isKept: try flag("kept"),
            rights: RoomRights(
                owner: json["owner"] == nil ? nil : try key(try self.text("owner")),
                moderators: try keys("moderators"),
                guests: try keys("guests")
            )
        )
    }

    /// Those that are given, if any are.
    private func keys(_ name: String) throws(LineProblem) -> [KeyFingerprint] {
        guard json[name] != nil else { return [] }
        var keys: [KeyFingerprint] = []
        for text in try texts(name) { keys.append(try key(text)) }
        guard keys.count <= RoomRights.most else { throw LineProblem("'\(name)' has more than \(RoomRights.most)") }
        return keys
    }

    private func key(_ text: String) throws(LineProblem) -> KeyFingerprint {
        guard let key = KeyFingerprint(text) else { throw LineProblem("'\(text)' is no key") }
        return key
    }

    func sanction() throws(LineProblem) -> Sanction {
        let addresses = json["addresses"] == nil ? nil : AddressRange(try text("addresses"))
        guard (addresses == nil) == (json["addresses"] == nil) else { throw LineProblem("'addresses' has none") }
        let key = json["key"] == nil ? nil : KeyFingerprint(try text("key"))
        guard (key == nil) == (json["key"] == nil) else { throw LineProblem("'key' is none") }
        return Sanction(
            label: try text("label"),
            member: json["uid"] == nil ? nil : MemberID(try count("uid")),
            name: try nickname("name"),
            addresses: addresses,
            key: key,
            by: try text("by"),
            until: json["until"] == nil ? nil : try moment("until"),
            reason: try cleanText("reason")
        )
    }

    func event() throws(LineProblem) -> LineContent.ReadEvent {
        let name = try text("kind")
        guard let kind = EventKind(name: name) else { throw LineProblem("there is no kind '\(name)'") }
        let row = EventRow(
            kind,
            try author("uid", "name"),
            json["uid2"] == nil ? nil : try author("uid2", "name2"),
            number: json["number"] == nil ? nil : try number("number"),
            text: try cleanText("text")
        )
        guard let body = row.body else { throw LineProblem("something is missing that '\(name)' has") }
        let id = json["id"] == nil ? nil : MessageID(try text("id"))
        return LineContent.ReadEvent(sequence: try count("seq"), at: try moment("at"), body: body, id: id)
    }
}

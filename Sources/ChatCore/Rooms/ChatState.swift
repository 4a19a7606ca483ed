internal import DequeModule

/// Who is on the server, in which rooms, by what names and with what rights, and what each command therefore makes happen.
///
/// Deterministic, and without I/O: the same commands at the same times give the same outcomes. It has one owner, whose
/// order is the order of all; it is not shared.
public final class ChatState {
    public let limits: RoomLimits
    /// Whether a log keeps what is said beyond the life of those who say it, and of the process.
    let isDurable: Bool

    // What the extensions in this folder share.
    var people: [SessionID: Person] = [:]
    var numbers: [MemberID: Person] = [:]
    var names: [Nickname: Person] = [:]
    var rooms: [RoomName: Room] = [:]
    let lobby: Room
    /// Those who are known by a secret.
    var secrets: [SessionSecret: Person] = [:]
    var departed = DepartedHolders()
    var receipts = Receipts()
    var lastEntry: UInt64 = 0
    var random: any RandomNumberGenerator
    var now = Timestamp(milliseconds: 0)
    /// Rooms that nobody is in, and when each ends, soonest first. One that was entered since is passed over.
    var ending = Deque<(room: Room, at: Timestamp)>()
    /// How many rooms nobody has been in for long, which are kept for what was said there.
    var asleep = 0
    var lastMember: UInt64 = 0
    var lastRoom = RoomID.lobby.number
    /// The log takes nothing now; see ``suspend(_:)``.
    public internal(set) var isSuspended = false
    var untold = Untold()

    private var outcomes: [Outcome] = []

    /// - Parameters:
    ///   - saved: what is known from before; nil if nothing outlives the process.
    ///   - now: when it goes on.
    ///   - random: secrets come from it, so it has to be one that nobody can guess.
    public init(
        limits: RoomLimits = RoomLimits(),
        saved: SavedChat? = nil,
        at now: Timestamp = Timestamp(milliseconds: 0),
        random: any RandomNumberGenerator = SystemRandomNumberGenerator()
    ) {
        self.limits = limits
        self.random = random
        isDurable = saved != nil
        let known = saved?.rooms.first { $0.record.id == .lobby }
        lobby = known.map(Room.init) ?? Room(.lobby, .lobby, epoch: Epoch(using: &self.random), owner: nil)
        rooms[.lobby] = lobby
        if let saved { restore(saved, at: now) }
        if known == nil { keep(lobby) }
    }

    /// How many are on the server.
    public var count: Int { people.count }

    /// How many rooms there are.
    public var roomCount: Int { rooms.count }

    /// The greatest number that a member was ever given.
    public var newestMember: MemberID { MemberID(lastMember) }

    /// - Returns: what happens, in order. Of a session that has not arrived, or has departed, nothing.
    public func apply(_ commands: [Command], at now: Timestamp) -> [Outcome] {
        self.now = now
        endRooms()
        for command in commands { apply(command) }
        defer { outcomes = [] }
        return outcomes
    }

    /// When ``apply(_:at:)`` has something to do even if nobody asks for anything.
    public var nextDeadline: Timestamp? { isSuspended ? nil : ending.first?.at }

    private func apply(_ command: Command) {
        switch command.action {
        case .arrive(let address): return arrive(command.session, from: address)
        case .connect(let address): return connect(command.session, from: address)
        default: break
        }
        guard let person = people[command.session] else { return }
        if case .depart = command.action { return depart(person) }
        if case .page = command.action {} else { person.active = now }
        do throws(Refusal) {
            try checkLog(for: command.action)
            try apply(command.action, of: person, in: command.room)
        } catch {
            answer(people[command.session] ?? person, .refused(error))
        }
        // It may have become somebody else just now.
        if command.action.isAnswered, people[command.session] != nil { outcome(.done(command.session)) }
    }

    private func apply(_ action: Action, of person: Person, in name: RoomName?) throws(Refusal) {
        switch action {
        case .aside(let aside): answer(person, .aside(aside))
        case .say(let text): try say(.said(person.author, text), as: person, in: name)
        case .act(let text): try say(.acted(person.author, text), as: person, in: name)
        case .whisper(let whom, let text): try whisper(text, to: find(whom), from: person)
        case .answer(let text): try answer(text, from: person)
        case .away(let text): try setAway(text, of: person)
        case .ignore(let whom, let isIgnored): try ignore(whom, isIgnored, by: person)
        case .history(let count):
            let room = try room(name, of: person)
            outcome(.replay(person.session, room.id, count: count, head: room.head))

        case .post(let text, let isAction, let id): try post(text, isAction: isAction, id: id, as: person, in: name)
        case .past(let wanted): try past(wanted, for: person, in: name)
        case .forget: try forget(by: person)
        case .ping: break

        case .name(let name): try rename(person, to: name)
        case .listMembers(let prefix, let after): try listMembers(prefix, after: after, for: person, in: name)

        case .join(let name, let only): try join(name, only: only, as: person)
        case .enter(let name, let entry): try enter(name, entry, as: person)
        case .page(let sequence, let entry): page(after: sequence, entry: entry, of: person, in: name)
        case .leave: leave(try room(name, of: person), as: person)
        case .listRooms(let prefix): listRooms(prefix, for: person)
        case .topic(let text): try topic(text, by: person, in: name)
        case .invite(let whom): try invite(whom, by: person, to: name)

        default: try moderate(action, as: person, in: name)
        }
    }

    // MARK: Coming and going

    private func arrive(_ session: SessionID, from address: Address?) {
        guard people[session] == nil, let person = admit(session, from: address) else { return }
        answer(person, .welcome(person.member, at: now))
        do throws(Refusal) {
            try checkDoor(of: lobby, for: person)
            enter(lobby, as: person)
        } catch {
            answer(person, .refused(error))  // and it is outside, where it may show that it is an operator
        }
    }

    /// - Returns: nil if it may not come.
    func admit(_ session: SessionID, from address: Address?) -> Person? {
        lastMember += 1
        let person = Person(session, MemberID(lastMember), from: address, at: now)
        guard !lobby.isBanned(person, at: now) else {
            outcome(.answer(session, .refused(.mayNotEnter(.lobby))))
            outcome(.closes(session))
            return nil
        }
        people[session] = person
        numbers[person.member] = person
        return person
    }

    /// Out of all rooms and off the server; its connection is closed.
    func depart(_ person: Person) {
        for room in person.rooms { vacate(room, as: person, telling: .left(person.author)) }
        if let secret = person.secret, person.hasReceipts { departed.add(secret, person.holder, at: now) }
        forget(person)
        outcome(.closes(person.session))
    }

    /// Nothing knows of it any more.
    func forget(_ person: Person) {
        people[person.session] = nil
        numbers[person.member] = nil
        if let name = person.author.name { names[name] = nil }
        if let secret = person.secret { secrets[secret] = nil }
        for name in person.ties { rooms[name]?.forget(person.member) }
    }

    // MARK: What the extensions need

    func outcome(_ outcome: Outcome) {
        if isSuspended, case .fact = outcome { return untold.add(outcome) }
        outcomes.append(outcome)
    }

    func answer(_ person: Person, _ answer: Answer) {
        outcomes.append(.answer(person.session, answer))
    }

    func tell(_ room: Room, _ body: consuming Event.Body, id: MessageID? = nil) {
        if isSuspended { return untold.add(body, in: room.id, at: now) }
        outcomes.append(.event(room.number(body, id: id, at: now)))
    }

    func nextRoom() -> RoomID {
        lastRoom += 1
        return RoomID(lastRoom)
    }

    /// The room that a command is about: the one it names, or the one its sender entered last.
    func room(_ name: RoomName?, of person: Person) throws(Refusal) -> Room {
        guard let name else {
            guard let room = person.rooms.last else { throw .nowhere }
            return room
        }
        guard let room = rooms[name], room.seats[person.session] != nil else { throw .notIn(name) }
        return room
    }

    func find(_ whom: Whom) throws(Refusal) -> Person {
        let person: Person? =
            switch whom {
            case .number(let member): numbers[member]
            case .name(let name): names[name]
            case .nobody: nil
            }
        guard let person else { throw .noSuchMember(whom.text) }
        return person
    }

    func checkLength(_ note: CleanText?) throws(Refusal) {
        if let note, note.string.utf8.count > limits.note { throw .noteTooLong(limit: limits.note) }
    }
}

@available(*, unavailable)
extension ChatState: Sendable {}

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
    var people: [SessionID: Device] = [:]
    var numbers: [MemberID: Person] = [:]
    var names: [Nickname: Person] = [:]
    var rooms: [RoomName: Room] = [:]
    let lobby: Room
    /// Those who are known by a secret.
    var secrets: [SessionSecret: Device] = [:]
    var departed = DepartedHolders()
    var receipts = Receipts()
    var accounts = Accounts()
    /// Those of which the log has not been told all, while it takes nothing.
    var untoldAccounts: Set<UInt64> = []
    /// When accounts that have lapsed were last looked for.
    var lapsing = Timestamp.distantPast
    var codes = LinkCodes()
    var newNames: NeighbourhoodLimit
    var wrongCodes = NeighbourhoodLimit(
        AccountRules.wrongCodes.ofNeighbourhood,
        seconds: AccountRules.codeLifetime
    )
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
        newNames = NeighbourhoodLimit(limits.accounts.newNames, seconds: 86_400)
        isDurable = saved != nil
        let known = saved?.rooms.first { $0.record.id == .lobby }
        lobby = known.map(Room.init) ?? Room(.lobby, .lobby, epoch: Epoch(using: &self.random), owner: nil)
        rooms[.lobby] = lobby
        if let saved { restore(saved, at: now) }
        if known == nil { keep(lobby) }
    }

    /// How many connections there are.
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
        case .arrive(let visitor): return arrive(command.session, visitor)
        case .connect(let visitor): return connect(command.session, visitor)
        default: break
        }
        guard let device = people[command.session] else { return }
        if case .depart = command.action { return depart(device) }
        if case .page = command.action {} else { note(device) }
        do throws(Refusal) {
            try checkLog(for: command.action)
            try checkMembership(of: device, for: command.action)
            try apply(command.action, of: device, in: command.room)
        } catch {
            answer(people[command.session] ?? device, .refused(error))
        }
        // It may have become somebody else just now.
        if command.action.isAnswered, people[command.session] != nil { outcome(.done(command.session)) }
    }

    private func apply(_ action: Action, of device: Device, in name: RoomName?) throws(Refusal) {
        switch action {
        case .aside(let aside): answer(device, .aside(aside))
        case .say(let text): try say(.said(device.author, text), as: device, in: name)
        case .act(let text): try say(.acted(device.author, text), as: device, in: name)
        case .whisper(let whom, let text): try whisper(text, to: find(whom), from: device)
        case .answer(let text): try answer(text, from: device)
        case .away(let text): try setAway(text, of: device)
        case .ignore(let whom, let isIgnored): try ignore(whom, isIgnored, by: device)
        case .history(let count):
            let room = try room(name, of: device)
            outcome(.replay(device.session, room.id, count: count, head: room.head))

        case .post(let text, let isAction, let id): try post(text, isAction: isAction, id: id, as: device, in: name)
        case .past(let wanted): try past(wanted, for: device, in: name)
        case .forget: try forget(by: device)
        case .ping: break

        case .name(let name): try rename(device, to: name)
        case .listMembers(let prefix, let after): try listMembers(prefix, after: after, for: device, in: name)

        case .join(let name, let only): try join(name, only: only, as: device)
        case .enter(let name, let entry): try enter(name, entry, as: device)
        case .page(let sequence, let entry): page(after: sequence, entry: entry, of: device, in: name)
        case .leave: leave(try room(name, of: device), as: device)
        case .listRooms(let prefix): listRooms(prefix, for: device)
        case .topic(let text): try topic(text, by: device, in: name)
        case .invite(let whom): try invite(whom, by: device, to: name)

        case .whois, .status, .verify, .release, .makeCode, .useCode, .admit: try identify(action, by: device)
        default: try moderate(action, as: device, in: name)
        }
    }

    // MARK: Coming and going

    /// - Returns: nil if it may not come.
    func admit(_ session: SessionID, _ visitor: Visitor) -> Device? {
        lastMember += 1
        let device = Device(session, of: Person(MemberID(lastMember)), visitor, at: now)
        let isCalledBanned = visitor.certifiedName.map { name in isBanned(name, from: lobby, for: device) } ?? false
        guard !isCalledBanned, device.isOperator || !isBanned(device, from: lobby) else {
            outcome(.answer(session, .refused(.mayNotEnter(.lobby))))
            outcome(.closes(session))
            return nil
        }
        people[session] = device
        numbers[device.member] = device.person
        note(device)
        return device
    }

    /// Out of all rooms and off the server; its connection is closed.
    func depart(_ device: Device) {
        for room in device.rooms { vacate(room, as: device, telling: .left(device.author)) }
        end(device)
    }

    /// Nothing knows of it any more, and its connection is closed.
    func end(_ device: Device) {
        if let secret = device.secret, device.hasReceipts { departed.add(secret, device.holder, at: now) }
        forget(device)
        outcome(.closes(device.session))
    }

    /// Nothing knows of it any more; nor of its person, if it was the last.
    func forget(_ device: Device) {
        note(device)
        people[device.session] = nil
        if let secret = device.secret { secrets[secret] = nil }
        device.person.remove(device)
        if device.person.isGone { forget(device.person) }
    }

    func forget(_ person: Person) {
        numbers[person.member] = nil
        if let name = person.author.name, names[name] === person { names[name] = nil }
        for name in person.ties { rooms[name]?.forget(person.member) }
    }

    // MARK: What the extensions need

    func outcome(_ outcome: Outcome) {
        if isSuspended, case .fact = outcome { return untold.add(outcome) }
        outcomes.append(outcome)
    }

    func answer(_ device: Device, _ answer: Answer) {
        outcomes.append(.answer(device.session, answer))
    }

    /// What somebody is told on all its connections.
    func answer(_ person: Person, _ answer: Answer) {
        for device in person.devices { self.answer(device, answer) }
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
    func room(_ name: RoomName?, of device: Device) throws(Refusal) -> Room {
        guard let name else {
            guard let room = device.rooms.last else { throw .nowhere }
            return room
        }
        guard let room = rooms[name], room.holds(device) else { throw .notIn(name) }
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

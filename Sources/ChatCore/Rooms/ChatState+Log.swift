/// What becomes of what has happened when the log does not take it.
///
/// Nothing is told before the log has it. So what it refuses has not been said, and its author hears that; but those who
/// have come or gone have done so all the same, and the rooms are told when the log works again.
extension ChatState {
    /// The log has not taken these, and takes nothing until ``resume(at:)``.
    ///
    /// - Parameter outcomes: all that has not been told, oldest first.
    /// - Returns: what may be told of it without the log. The numbers of the events are given anew later.
    public func suspend(_ outcomes: [Outcome]) -> [Outcome] {
        isSuspended = true
        let heads = takeBackNumbers(of: outcomes)
        var earlier = Untold()
        let answered = Self.answered(outcomes)
        var notSaid: [RoomID: Set<UInt64>] = [:]
        let told = outcomes.compactMap { outcome -> Outcome? in
            switch outcome {
            case .event(let event):
                if event.body.isAnswered { return nil }
                guard event.body.isFleeting else {
                    earlier.add(event.body, in: event.room, at: event.at)
                    return nil
                }
                if let id = event.id, receipts.withdraw(id, of: event) {
                    notSaid[event.room, default: []].insert(event.sequence)
                }
                return author(of: event, answered).map { .answer($0, .refused(.notKept)) }
            case .fact(.forgotten(let room, let member, let range)):
                remember(member, in: room, from: min(range.lowerBound, (heads[room] ?? .max - 1) + 1))
                return nil
            case .answer(let session, .forgot), .answer(let session, .announced):
                return .answer(session, .refused(.notKept))
            case .fact(.account(let account)):
                untoldAccounts.insert(account.number)
                return nil
            case .fact(.accountEnded(let number)):
                untoldAccounts.insert(number)
                return nil
            case .fact, .ended:
                earlier.add(outcome)
                return nil
            // That it was refused has just been said.
            case .answer(_, .posted(_, _, again: false)): return nil
            case .answer(let session, .posted(let sequence, let room, again: true)):
                let isSaid = notSaid[room]?.contains(sequence) != true
                return isSaid ? outcome : .answer(session, .refused(.notKept))
            default: return outcome.upTo(heads)
            }
        }
        for item in untold.take() { earlier.add(item) }
        untold = earlier
        return told
    }

    /// The log may take something again: all that it has not had.
    public func resume(at now: Timestamp) -> [Outcome] {
        isSuspended = false
        self.now = now
        let rooms = Dictionary(uniqueKeysWithValues: rooms.values.map { ($0.id, $0) })
        let made: [Outcome] = untold.take().compactMap { item in
            switch item {
            case .event(let room, let body, let time): rooms[room].map { .event($0.number(body, id: nil, at: time)) }
            case .other(let outcome): outcome
            }
        }
        return made + takeUntoldAccounts()
    }

    /// Who has said what, of those who are told the number of what they say.
    private static func answered(_ outcomes: [Outcome]) -> [Place: SessionID] {
        var answered: [Place: SessionID] = [:]
        for case .answer(let session, .posted(let sequence, let room, again: false)) in outcomes {
            answered[Place(room: room, sequence: sequence)] = session
        }
        return answered
    }

    /// On which connection this was said: of those that are not told numbers, on the one that was used last.
    private func author(of event: Event, _ answered: [Place: SessionID]) -> SessionID? {
        if let session = answered[Place(room: event.room, sequence: event.sequence)] {
            return people[session] == nil ? nil : session
        }
        let devices = numbers[event.body.author.member]?.devices.filter { $0.secret == nil } ?? []
        return devices.max { $0.active < $1.active }?.session
    }

    /// - Returns: the number of the last event of each room that did happen.
    private func takeBackNumbers(of outcomes: [Outcome]) -> [RoomID: UInt64] {
        var heads: [RoomID: UInt64] = [:]
        for case .event(let event) in outcomes {
            heads[event.room] = min(heads[event.room] ?? .max, event.sequence - 1)
        }
        guard !heads.isEmpty else { return [:] }
        for room in rooms.values { if let head = heads[room.id] { room.takeBack(to: head) } }
        // Whoever speaks next may get a smaller number than the first that it had.
        for person in numbers.values {
            for (room, first) in person.said {
                if let head = heads[room], first > head { person.said[room] = head + 1 }
            }
        }
        return heads
    }

    func checkLog() throws(Refusal) {
        if isSuspended { throw .notKept }
    }

    /// - Throws: for what would have to be kept now, and cannot be put off. What is posted may have been kept before.
    func checkLog(for action: Action) throws(Refusal) {
        guard isSuspended else { return }
        switch action {
        case .say, .act, .topic(.some), .announce, .forget, .release, .useCode, .admit: throw .notKept
        case .join, .enter, .name, .slow, .lockdown, .setPrivate, .setModerator, .ban, .mute:
            if untold.isFull { throw .notKept }
        default: break
        }
    }
}

/// Of one event among all.
private struct Place: Hashable {
    let room: RoomID
    let sequence: UInt64
}

extension Untold {
    fileprivate mutating func add(_ item: Item) {
        switch item {
        case .event(let room, let body, let time): add(body, in: room, at: time)
        case .other(let outcome): add(outcome)
        }
    }
}

extension Event.Body {
    /// Whether its author is answered, and can as well do it again later.
    fileprivate var isAnswered: Bool {
        switch self {
        case .announced, .forgot: true
        default: false
        }
    }

    /// Whether its author can as well do it again later.
    fileprivate var isFleeting: Bool {
        switch self {
        case .said, .acted: true
        default: false
        }
    }
}

extension Outcome {
    /// The same, when the rooms have ended up with these numbers.
    fileprivate func upTo(_ heads: [RoomID: UInt64]) -> Outcome {
        func capped(_ head: UInt64, _ room: RoomID) -> UInt64 { min(head, heads[room] ?? head) }
        switch self {
        case .enters(let session, let room, let view, let head):
            return .enters(session, room, view, head: capped(head, room))
        case .follows(let session, let room, let following):
            return .follows(session, room, following.upTo(capped(following.head, room)))
        case .page(let session, let room, let page):
            let head = capped(page.head, room)
            return .page(
                session,
                room,
                Page(room: page.room, after: min(page.after, head), head: head, entry: page.entry)
            )
        case .replay(let session, let room, let count, let head):
            return .replay(session, room, count: count, head: capped(head, room))
        case .past(let session, let room, let name, let epoch, let past, let head):
            return .past(session, room, name, epoch, past, head: capped(head, room))
        default: return self
        }
    }
}

extension Following {
    fileprivate func upTo(_ head: UInt64) -> Following {
        let start: Start = if case .after(let sequence) = start { .after(min(sequence, head)) } else { start }
        return Following(
            view: view,
            author: author,
            epoch: epoch,
            head: head,
            members: members,
            isReset: isReset,
            isResumed: isResumed,
            start: start,
            entry: entry
        )
    }
}

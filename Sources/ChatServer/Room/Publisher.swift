internal import ChatCore
internal import NIOCore

/// Makes publications of what the log has taken, and looks up what members want of the past: in memory, where nearly all
/// of it is, or else in the log, which takes its time and nobody waits for but who has asked. What only connections know
/// they are asked for in the same way.
///
/// Confined to the hub.
final class Publisher {
    private let log: any RoomLog
    private let recent: RecentEvents
    private let clock: ServerClock
    private let replay: Int
    private var lastTicket: UInt64 = 0
    /// What the log has still to be asked.
    private var questions: [(LogQuestion, SessionID, Ticket)] = []
    /// Whose words somebody wants.
    private var verifications: [([SessionID], SessionID, Ticket)] = []
    /// Where to send what was found.
    private var shards: [ShardPort] = []
    private let traffic: Traffic

    init(_ log: any RoomLog, _ limits: ServerLimits, _ traffic: Traffic, _ clock: ServerClock) {
        (self.log, self.clock) = (log, clock)
        self.traffic = traffic
        recent = RecentEvents(limits.recent, isAll: !log.retention.isDurable)
        replay = limits.rooms.replay
    }

    func connect(to shards: [ShardPort]) {
        self.shards = shards
    }

    /// - Parameters:
    ///   - outcomes: what was done at once.
    ///   - events: those among them that the log has taken.
    func publish(_ outcomes: [Outcome], _ events: [Event]) -> [Publication] {
        recent.append(events)
        return outcomes.compactMap(publish)
    }

    /// Asks the log and the connections for what is to be looked up. To be called when the publications have been delivered: what is found for
    /// somebody who does not know yet that it waits for something would be lost.
    func ask() {
        for (question, session, ticket) in questions {
            let (shard, traffic) = (shards[session.shard], traffic)
            log.fetch(question) { found in
                traffic.depart(1)
                shard.deliver([.found(session, ticket, .events(found))])
            }
        }
        questions = []
        for (sessions, session, ticket) in verifications {
            let (shard, traffic) = (shards[session.shard], traffic)
            let words = Dictionary(grouping: sessions, by: \.shard).map { shards[$0].words(of: $1) }
            EventLoopFuture.whenAllSucceed(words, on: shard.loop).whenSuccess { words in
                traffic.depart(1)
                shard.deliver([.found(session, ticket, .words(words.flatMap(\.self)))])
            }
        }
        verifications = []
    }

    private func publish(_ outcome: Outcome) -> Publication? {
        switch outcome {
        case .event(let event): return .event(event)
        case .enters(let session, let room, let view, let head):
            let messages = look(.messages(room, through: head, limit: replay), head, for: session)
            return .enters(session, room, view, messages, log.retention)
        case .follows(let session, let room, let following): return follow(session, room, following)
        case .page(let session, let room, let page):
            return .page(session, room, page, look(page.question(of: room), page.head, for: session))
        case .past(let session, let room, let name, let epoch, let past, let head):
            return .past(session, name, epoch, past, look(past.question(of: room, head: head), head, for: session))
        case .replay(let session, let room, let count, let head):
            return .replay(session, look(.messages(room, through: head, limit: count), head, for: session))
        case .leaves(let session, let room): return .leaves(session, room)
        case .answer(let session, let answer): return .answer(session, answer)
        case .verifies(let session, let author, let sessions):
            let ticket = nextTicket()
            verifications.append((sessions, session, ticket))
            return .verifies(session, author, ticket)
        case .done(let session): return .done(session)
        case .closes(let session): return .closes(session)
        case .ended(let room):
            recent.forget(room)
            return nil
        case .fact(.forgotten(let room, let member, let range)):
            recent.forget(member, in: room, range)
            return nil
        case .fact: return nil
        }
    }

    private func follow(_ session: SessionID, _ room: RoomID, _ following: Following) -> Publication {
        func page(after sequence: UInt64) -> Page {
            Page(room: following.view.name, after: sequence, head: following.head, entry: following.entry)
        }
        switch following.start {
        case .after(let sequence):
            let page = page(after: sequence)
            let events = look(page.question(of: room), page.head, for: session)
            return .follows(session, room, following, page, events, log.retention)
        case .last(let count):
            let limit = Stretch.mostEvents
            let question = LogQuestion.since(room, messages: count, through: following.head, limit: limit)
            let events = look(question, following.head, for: session)
            // Where it begins is only known when they are here.
            return .follows(session, room, following, page(after: following.head), events, log.retention)
        }
    }

    /// - Parameter head: the number of the room's last event.
    private func look(_ question: LogQuestion?, _ head: UInt64, for session: SessionID) -> Lookup {
        guard let question else { return .here([]) }
        if let events = recent.recall(question), isKept(events.first, head) { return .here(events) }
        let ticket = nextTicket()
        questions.append((question, session, ticket))
        return .onItsWay(ticket)
    }

    private func nextTicket() -> Ticket {
        lastTicket += 1
        return Ticket(number: lastTicket)
    }

    /// Whether the log still has to have it: what it may have removed is not told from memory either.
    private func isKept(_ oldest: Event?, _ head: UInt64) -> Bool {
        guard case .stored(let events, let days, _) = log.retention, let oldest else { return true }
        if let events, oldest.sequence + UInt64(max(0, events)) <= head { return false }
        if let days, oldest.at.adding(seconds: days * 86_400) < clock.now() { return false }
        return true
    }
}

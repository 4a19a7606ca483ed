internal import ChatCore
internal import ChatWire
internal import DequeModule

/// What the server says to one connection in conclave/1.
///
/// What a connection asks for is done in order, so the answer that comes is that of the oldest request; when all that
/// came of it has been said, the next one is the oldest.
final class StructuredOutbound: OutboundCodec {
    private struct Expected {
        let ref: String?
        /// What was wrong with the request itself.
        let problem: StructuredError?
        var isAnswered = false
    }

    private let limits: ServerLimits
    private let nextPin: NextPin?
    private var expected = Deque<Expected>()
    private var close = Closing(.removed, "you have been put out")

    /// - Parameter nextPin: what the welcome says of the server's next key.
    init(limits: ServerLimits, nextPin: NextPin? = nil) {
        self.limits = limits
        self.nextPin = nextPin
    }

    var dialect: Dialect { .structured }

    /// A request has come.
    func expect(_ ref: String?, _ problem: StructuredError?) {
        expected.append(Expected(ref: ref, problem: problem))
    }

    /// Why its connection will be closed, if it is.
    func willClose(_ reason: Closing.Reason, _ message: String) {
        close = Closing(reason, message)
    }

    // MARK: Answers

    func done() -> [UInt8] {
        guard let oldest = expected.popFirst(), !oldest.isAnswered else { return [] }
        if let problem = oldest.problem { return encoded(StructuredAnswer(ref: oldest.ref, .failure(problem))) }
        return encoded(.done, for: oldest.ref)
    }

    func followed(_ following: Following, _ stretch: Stretch, missed: UInt64, _ retention: Retention) -> [UInt8] {
        let view = following.view
        let answer = StructuredEnter(
            room: view.name,
            author: following.author,
            epoch: following.epoch,
            head: following.head,
            after: stretch.after,
            missed: missed,
            isReset: following.isReset,
            isResumed: following.isResumed,
            members: following.members.shown,
            more: following.members.more,
            topic: view.topic,
            isPrivate: view.isPrivate,
            slow: view.slow,
            isModerator: view.mayModerate,
            keeps: StructuredEnter.Keeps(retention)
        )
        return reply(.entered(answer))
    }

    func past(_ room: RoomName, _ epoch: Epoch, _ past: Past, _ found: Found, as member: Member) -> [UInt8] {
        guard let found = try? found.get() else { return refuse(StructuredError(.notReadable as Refusal)) }
        let (events, more) = past.answer(found)
        return reply(.history(room, epoch, events.map { RoomEvent($0, in: room) }, more: more))
    }

    func answer(_ answer: Answer, to member: Member) -> [UInt8] {
        switch answer {
        case .connected(let number, let secret, let key): return welcome(number, secret, key, to: member)
        case .refused(let refusal) where member.number == nil:
            willClose(.banned, refusal.description)
            return []
        case .refused(let refusal): return refuse(StructuredError(refusal))
        case .aside(.problem(let problem)): return refuse(StructuredError(problem))
        case .whisper(let author, let text): return encoded(.whispered(from: author, text))
        case .invitation(let room, let author): return encoded(.notice(.invited(room, by: author)))
        case .removed(let room, let author, let reason, let isBan):
            if room == .lobby { willClose(isBan ? .banned : .removed, "you were put out by \(author.label)") }
            return encoded(.notice(.removed(room, by: author, reason: reason, isBan: isBan)))
        case .reservation(let reservation): return encoded(.notice(PersonalNotice(reservation)))
        case .takenOver:
            willClose(.takenOver, "another connection has taken your place")
            return []
        default: return StructuredReply(answer).map(reply) ?? []
        }
    }

    private func welcome(
        _ number: MemberID,
        _ secret: SessionSecret,
        _ key: KeyFingerprint?,
        to member: Member
    ) -> [UInt8] {
        var welcome = StructuredWelcome(
            server: "conclaved \(conclaveVersion)",
            member: number,
            session: secret,
            address: member.address,
            key: key,
            limits: StructuredWelcome.Limits(limits)
        )
        welcome.nextPin = nextPin
        return encoded(.welcome(welcome))
    }

    private func reply(_ reply: StructuredReply) -> [UInt8] {
        guard !expected.isEmpty else { return [] }
        expected[0].isAnswered = true
        return encoded(reply, for: expected[0].ref)
    }

    private func refuse(_ error: StructuredError) -> [UInt8] {
        guard !expected.isEmpty else { return [] }
        expected[0].isAnswered = true
        return encoded(StructuredAnswer(ref: expected[0].ref, .failure(error)))
    }

    // MARK: Events

    func stretch(_ stretch: Stretch, gap: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        var last = gap ? stretch.after : stretch.after + stretch.leadingGap
        for event in stretch.events {
            if event.sequence > last + 1 { bytes += missed(event.sequence - last - 1, in: stretch.room, after: last) }
            last = event.sequence
            RoomEvent(event, in: stretch.room).encode(into: &bytes)
        }
        if stretch.through > last { bytes += missed(stretch.through - last, in: stretch.room, after: last) }
        return bytes
    }

    func missed(_ events: UInt64, in room: RoomName, after sequence: UInt64) -> [UInt8] {
        encoded(.gap(room, after: sequence, missed: events))
    }

    func unread(_ count: Int) -> [UInt8] { encoded(.notice(.unread(count))) }

    func silent(_ limit: Duration) -> [UInt8] {
        willClose(.silent, "you have said nothing for too long")
        return encoded(.notice(.silent(seconds: Int(limit.components.seconds))))
    }

    /// It is the reason of the closing that follows.
    func shuttingDown() -> [UInt8] {
        willClose(.shutdown, "the server is shutting down")
        return []
    }

    func closing() -> [UInt8] { encoded(.closing(close)) }

    // MARK: What this protocol does not have

    func entered(_ view: RoomView, _ messages: [Event], _ retention: Retention, as member: Member) -> [UInt8] { [] }
    func replay(_ messages: Found, as member: Member) -> [UInt8] { [] }
    func foreign() -> [UInt8] { [] }

    // MARK: Bytes

    private func encoded(_ frame: StructuredFrame) -> [UInt8] {
        var bytes: [UInt8] = []
        frame.encode(into: &bytes)
        return bytes
    }

    private func encoded(_ answer: StructuredAnswer) -> [UInt8] { encoded(.answer(answer)) }

    private func encoded(_ reply: StructuredReply, for ref: String?) -> [UInt8] {
        guard let ref else { return [] }
        var bytes: [UInt8] = []
        reply.encode(ref: ref, into: &bytes)
        return bytes
    }
}

extension StructuredReply {
    /// - Returns: nil for what is no answer to a request of this protocol.
    fileprivate init?(_ answer: Answer) {
        switch answer {
        case .posted(let sequence, _, let again): self = .said(sequence, again: again)
        case .outside(let room): self = .left(room)
        case .named(let author): self = .named(author)
        case .rooms(let rooms): self = .rooms(rooms)
        case .who(let room, let members): self = .who(room, members)
        case .topic(let room, let text): self = .topic(room, text)
        case .whispered(let other, _, let away): self = .whispered(to: other, away: away)
        case .invited(let guest, let room): self = .invited(room, guest)
        case .bans(_, let bans): self = .bans(bans)
        case .banned(let label, _, let seconds): self = .banned(label, seconds: seconds)
        case .unbanned(let label, _): self = .unbanned(label)
        case .announced(let rooms): self = .announced(rooms)
        case .forgot(let rooms): self = .forgot(rooms)
        case .whois(let profile): self = .whois(profile)
        case .verification(let author, let words):
            self = .words(author, words.map { VerificationWords(bits: $0).description })
        case .released(let name): self = .released(name)
        case .code(let code, let seconds): self = .code(code, seconds: seconds)
        case .linked(let names): self = .linked(names)
        case .admitted(let key, let name): self = .admitted(key, name)
        case .away, .back, .isOperator, .ignoring, .aside, .welcome, .connected, .refused, .takenOver, .whisper,
            .invitation, .removed, .reservation, .status:
            return nil
        }
    }
}

extension PersonalNotice {
    fileprivate init(_ reservation: Reservation) {
        let message = TextCodec.reservation(reservation, isTyped: false)
        switch reservation {
        case .kept(let name, _): self = .name(name, isKept: true, message: message)
        case .notKept(let name, _): self = .name(name, isKept: false, message: message)
        }
    }
}

extension StructuredEnter.Keeps {
    fileprivate init(_ retention: Retention) {
        switch retention {
        case .nothing: self.init(messages: 0, days: 0, bytes: 0)
        case .inMemory(let messages, let bytes): self.init(messages: messages, days: nil, bytes: bytes)
        case .stored(let events, let days, let bytes): self.init(messages: events, days: days, bytes: bytes)
        }
    }
}

extension StructuredWelcome.Limits {
    fileprivate init(_ limits: ServerLimits) {
        self.init(
            line: limits.lineBytes,
            frame: limits.frameBytes,
            messages: limits.messageRate,
            burst: limits.messageRate > 0 ? limits.messageBurst : 0,
            rooms: limits.rooms.roomsPerMember
        )
    }
}

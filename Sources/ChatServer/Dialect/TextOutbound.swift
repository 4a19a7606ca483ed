internal import ChatCore
internal import ChatWire

/// What the server says in the text protocol. It knows nothing of any one connection, so all of an event loop share one.
final class TextOutbound: OutboundCodec {
    private let clock: ServerClock
    private let limits: ServerLimits
    /// Operators are told how long they hold.
    private let certificates: ServerCertificates?

    /// How many bytes of the past one answer shows.
    private static let mostReplayed = 128 * 1024

    init(clock: ServerClock, limits: ServerLimits, certificates: ServerCertificates? = nil) {
        self.clock = clock
        self.certificates = certificates
        self.limits = limits
    }

    var dialect: Dialect { .text }

    func entered(_ view: RoomView, _ messages: [Event], _ retention: Retention, as member: Member) -> [UInt8] {
        let isForEver = view.name == .lobby || retention.isDurable && !view.isClosed
        let afterlife = isForEver ? nil : limits.rooms.afterlife
        return Array(TextCodec.entered(view).utf8) + replayed(messages, to: member)
            + TextCodec.retention(retention, afterlife: afterlife).utf8
    }

    func replay(_ messages: Found, as member: Member) -> [UInt8] {
        show(messages, to: member, orElse: TextCodec.nothingToReplay)
    }

    /// Of the past a text client can only ask for messages with some words in them.
    func past(_ room: RoomName, _ epoch: Epoch, _ past: Past, _ found: Found, as member: Member) -> [UInt8] {
        show(found.map { past.answer($0).events }, to: member, orElse: TextCodec.nothingFound)
    }

    private func show(_ messages: Found, to member: Member, orElse nothing: String) -> [UInt8] {
        guard let messages = try? messages.get() else { return Array(TextCodec.answer(.refused(.notReadable)).utf8) }
        let lines = replayed(messages, to: member)
        return lines.isEmpty ? Array(nothing.utf8) : lines
    }

    private func replayed(_ messages: [Event], to member: Member) -> [UInt8] {
        let utcOffset = messages.last.map { clock.utcOffset($0.at) } ?? 0
        // The newest that fit.
        var lines: [[UInt8]] = []
        var bytes = 0
        for message in messages.reversed() where !member.ignores(message.body.author) {
            let line = TextCodec.replayed(message, utcOffset: utcOffset)
            bytes += line.count
            guard bytes <= Self.mostReplayed else { break }
            lines.append(line)
        }
        return Array(lines.reversed().joined())
    }

    func answer(_ answer: Answer, to member: Member) -> [UInt8] {
        switch answer {
        case .welcome(let number, let time):
            let utcOffset = clock.utcOffset(time)
            return Array(TextCodec.welcome(number, from: member.address, at: time, utcOffset: utcOffset).utf8)
        case .aside(let aside): return Array(line(aside).utf8)
        case .status(let status) where status.isOperator:
            let certificate = certificates?.status(at: clock.now().milliseconds / 1000)
            return Array((TextCodec.answer(answer) + (certificate.map { TextCodec.notice("\($0)") } ?? "")).utf8)
        default: return Array(TextCodec.answer(answer).utf8)
        }
    }

    private func line(_ aside: Aside) -> String {
        switch aside {
        case .show(let change): TextCodec.changed(change)
        case .help(nil): TextCodec.help(lineLimit: limits.lineBytes)
        case .help(let spec?): TextCodec.help(spec)
        case .problem(let problem): TextCodec.problem(problem)
        case .tooLong: TextCodec.tooLong(limit: limits.lineBytes)
        }
    }

    func missed(_ events: UInt64, in room: RoomName, after sequence: UInt64) -> [UInt8] {
        Array(TextCodec.missed(events).utf8)
    }

    func unread(_ count: Int) -> [UInt8] { Array(TextCodec.missedAnswers(count).utf8) }
    func silent(_ limit: Duration) -> [UInt8] { Array(TextCodec.silent(seconds: limit.components.seconds).utf8) }
    func shuttingDown() -> [UInt8] { Array(TextCodec.shuttingDown.utf8) }
    func foreign() -> [UInt8] { Array(TextCodec.foreign.utf8) }

    // MARK: Nothing that a text client can ask for, or needs to be told

    func followed(_ following: Following, _ stretch: Stretch, missed: UInt64, _ retention: Retention) -> [UInt8] { [] }
    func stretch(_ stretch: Stretch, gap: Bool) -> [UInt8] { [] }
    func done() -> [UInt8] { [] }
    func closing() -> [UInt8] { [] }
}

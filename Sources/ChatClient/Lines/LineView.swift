public import ChatCore
public import ChatWire

/// What a user of lines wants to see of what happens, and how it is written.
public struct LineView: Sendable {
    /// Who the user is.
    var own: MemberID?
    /// Up to which number each room's events are of the past.
    var heads: [RoomName: UInt64] = [:]
    private let utcOffset: @Sendable (Timestamp) -> Int

    private var isQuiet = false
    private var hidesOwn = false
    private var showsTime = false
    private var ignored = Ignored()

    /// - Parameter utcOffset: seconds east of UTC where the user is, at a moment.
    public init(utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        self.utcOffset = utcOffset
    }

    public mutating func change(_ change: ViewChange) {
        switch change {
        case .quiet(let isOn): isQuiet = isOn
        case .echo(let isOn): hidesOwn = !isOn
        case .time(let isOn): showsTime = isOn
        }
    }

    mutating func ignore(_ author: Author, _ isIgnored: Bool) { ignored.set(author, isIgnored) }

    func ignores(_ author: Author) -> Bool { ignored.contains(author) }

    /// An event as a line without its end.
    /// - Returns: nil for what is not shown.
    public func line(_ event: RoomEvent) -> CleanText? {
        let isPast = event.sequence <= heads[event.room, default: 0]
        guard shows(event.body, isPast: isPast) else { return nil }
        let clock = TextCodec.clock(event.at, utcOffset: utcOffset(event.at))
        var bytes: [UInt8] = []
        TextCodec.encode(event.body, into: &bytes)
        let line = String(decoding: bytes.dropLast(), as: UTF8.self)
        if isPast { return CleanText("* [\(clock)] \(line)") }
        return CleanText(showsTime ? "\(clock) \(line)" : line)
    }

    private func shows(_ body: Event.Body, isPast: Bool) -> Bool {
        if isPast { return body.isSpeech && !ignores(body.author) }
        if body.isNews { return !isQuiet }
        guard body.isSpeech else { return true }
        return body.author.member == own ? !hidesOwn : !ignores(body.author)
    }
}

public import ChatCore
internal import ChatWire

/// What `conclave tail` shows of events: nothing before the room is entered from where it is to begin, and then all.
public actor TailView {
    private let isJSON: Bool
    private let isSearching: Bool
    private let utcOffset: @Sendable (Timestamp) -> Int
    private var beginning: UInt64?
    private var hasBegun = false

    /// - Parameters:
    ///   - isSearching: whether it waits for ``begin(after:)``, and does not begin when the room is entered first.
    ///   - utcOffset: seconds east of UTC where the user is, at a moment.
    public init(isJSON: Bool, isSearching: Bool, utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        self.isJSON = isJSON
        self.isSearching = isSearching
        self.utcOffset = utcOffset
    }

    /// The room is about to be entered to go on after this number, and that is where to begin.
    public func begin(after number: UInt64) { beginning = number }

    /// - Returns: lines with their ends, or nothing.
    public func bytes(of event: ChatEvent) -> [UInt8] {
        if case .entered(let entered) = event { hasBegun = hasBegun || begins(entered) }
        guard hasBegun else { return [] }
        var bytes: [UInt8] = []
        if isJSON { event.encode(into: &bytes) } else { bytes += text(event).utf8 }
        return bytes
    }

    /// A room may be entered again in between, after a lost connection. If it has begun anew, that is all there is.
    private func begins(_ entered: StructuredEnter) -> Bool {
        guard isSearching else { return true }
        return beginning.map { entered.after == $0 || entered.isReset } ?? false
    }

    private func text(_ event: ChatEvent) -> String {
        switch event {
        case .room(let event): line(event).string + "\n"
        case .gap(_, _, let missed): TextCodec.missed(missed)
        case .entered(let entered) where entered.isReset: "* \(entered.room) begins anew\n"
        case .entered(let entered) where entered.missed > 0: TextCodec.missed(entered.missed)
        default: ""
        }
    }

    /// An event with its time, as the text protocol has it, without its end.
    private func line(_ event: RoomEvent) -> CleanText {
        var bytes: [UInt8] = []
        TextCodec.encode(event.body, into: &bytes)
        let line = String(decoding: bytes.dropLast(), as: UTF8.self)
        return CleanText("\(TextCodec.clock(event.at, utcOffset: utcOffset(event.at))) \(line)")
    }
}

/// What has happened while the log took nothing, in order: nobody is told before the log has it.
///
/// It does not grow with what happens over and over: who came and went again was never there.
struct Untold {
    enum Item {
        case event(RoomID, Event.Body, at: Timestamp)
        case other(Outcome)
    }

    /// nil: has been undone by a later one.
    private var items: [Item?] = []
    /// Where it stands that somebody has entered, and what it was called since.
    private var entries: [RoomID: [MemberID: [Int]]] = [:]
    private(set) var count = 0

    /// How many may wait before nobody enters or is renamed any more.
    static let most = 10_000

    var isFull: Bool { count >= Self.most }

    mutating func add(_ body: Event.Body, in room: RoomID, at time: Timestamp) {
        let member = body.author.member
        switch body {
        case .entered: entries[room, default: [:]][member] = [items.count]
        case .renamed: entries[room]?[member]?.append(items.count)
        case .left:
            if let places = entries[room]?.removeValue(forKey: member) {
                for place in places { items[place] = nil }
                count -= places.count
                return
            }
        default: break
        }
        items.append(.event(room, body, at: time))
        count += 1
    }

    mutating func add(_ outcome: Outcome) {
        items.append(.other(outcome))
        count += 1
    }

    /// All of it, and nothing waits any more.
    mutating func take() -> [Item] {
        defer { self = Untold() }
        return items.compactMap { $0 }
    }
}

public import ChatCore

/// Who is in a room, and who has spoken there last, as far as we were told.
public struct Roster: Sendable {
    /// How many members are known at most. More than the server lists, so that all who enter later find a place too.
    public static let most = 10_000

    private var present: [MemberID: Author] = [:]
    /// Members that nobody has named to us.
    private var unlisted = 0
    /// When they spoke last, also of who has left: people come back. By name, as the number is another one then.
    private var spoken: [Whom: Timestamp] = [:]

    public init() {}

    /// How many are in the room, the user among them.
    public var count: Int { present.count + unlisted }

    /// The room was entered: who is there now.
    public mutating func replace(_ members: Listing<Author>) {
        present = Dictionary(members.shown.prefix(Self.most).map { ($0.member, $0) }, uniquingKeysWith: { $1 })
        unlisted = max(0, members.more)
    }

    public mutating func enter(_ author: Author) {
        if present.count < Self.most { present[author.member] = author } else { unlisted += 1 }
    }

    public mutating func leave(_ author: Author) {
        if present.removeValue(forKey: author.member) == nil, unlisted > 0 { unlisted -= 1 }
    }

    public mutating func rename(_ before: Author, _ after: Author) {
        if present[before.member] != nil { present[before.member] = after }
        if let time = spoken.removeValue(forKey: before.whom) { spoken[after.whom] = time }
    }

    public mutating func speak(_ author: Author, at time: Timestamp) {
        if time >= spoken[author.whom] ?? time { spoken[author.whom] = time }
        guard spoken.count > Self.most else { return }
        let oldest = spoken.values.sorted()[Self.most / 10]
        spoken = spoken.filter { $0.value > oldest }
    }

    /// Whether somebody has spoken in the last so many seconds before something else happened.
    public func hasSpoken(_ author: Author, within seconds: Int, of time: Timestamp) -> Bool {
        spoken[author.whom].map { $0 >= time.adding(seconds: -seconds) } ?? false
    }

    /// Those who are in the room: whoever spoke last stands first, and who has not spoken by name, at the end.
    public var byActivity: [Author] {
        let times = present.values.map { ($0, spoken[$0.whom]) }
        return times.sorted { one, other in
            switch (one.1, other.1) {
            case (let one?, let other?) where one != other: one > other
            case (_?, nil): true
            case (nil, _?): false
            default: (one.0.folded, one.0.member.number) < (other.0.folded, other.0.member.number)
            }
        }.map(\.0)
    }
}

extension Author {
    fileprivate var whom: Whom { name.map(Whom.name) ?? .number(member) }
    fileprivate var folded: String { label.lowercased() }
}

internal import ChatCore

/// Collects who enters and leaves, to tell it in one line: `→ bob, carol entered`.
///
/// It is told when something else happens in the room, or ``patience`` after the first of it. Who comes and goes, or goes
/// and comes back, within that time is not told at all.
struct Presence {
    /// In milliseconds.
    static let patience: Int64 = 2000
    /// In a room with more members than this, only those who have spoken in the last ``memory`` are told of.
    static let smallRoom = 12
    /// In seconds.
    static let memory = 30 * 60

    private(set) var entered: [Author] = []
    private(set) var left: [Author] = []
    /// When the first of it happened, by the server's clock.
    private(set) var at: Timestamp?
    /// When it is to be told at the latest, by ours.
    private(set) var due: Timestamp?

    mutating func enter(_ author: Author, at time: Timestamp, now: Timestamp, isTold: Bool) {
        if let index = left.firstIndex(where: { Self.isSame($0, author) }) {
            left.remove(at: index)
        } else if isTold {
            entered.append(author)
        }
        wait(from: time, now)
    }

    mutating func leave(_ author: Author, at time: Timestamp, now: Timestamp, isTold: Bool) {
        if let index = entered.firstIndex(where: { Self.isSame($0, author) }) {
            entered.remove(at: index)
        } else if isTold {
            left.append(author)
        }
        wait(from: time, now)
    }

    private static func isSame(_ one: Author, _ other: Author) -> Bool {
        one.member == other.member || (one.name != nil && one.name == other.name)
    }

    private mutating func wait(from time: Timestamp, _ now: Timestamp) {
        guard !entered.isEmpty || !left.isEmpty else { return (at, due) = (nil, nil) }
        if due == nil {
            at = time
            due = Timestamp(milliseconds: now.milliseconds.addingReportingOverflow(Self.patience).partialValue)
        }
    }
}

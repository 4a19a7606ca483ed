/// Somebody who is known by keys, and the names that are kept for it.
public struct AccountRecord: Sendable, Equatable {
    /// Counts from 1, never given twice as long as the server remembers.
    public let number: UInt64
    public var keys: [KeyFingerprint]
    /// In the order of their last use.
    public var names: [Nickname]
    /// When it was last noted that it was here: once a day at most.
    public var seen: Timestamp
    /// By an operator: it does not lapse.
    public var isAdmitted: Bool

    public init(
        number: UInt64,
        keys: [KeyFingerprint],
        names: [Nickname] = [],
        seen: Timestamp,
        isAdmitted: Bool = false
    ) {
        (self.number, self.keys, self.names) = (number, keys, names)
        (self.seen, self.isAdmitted) = (seen, isAdmitted)
    }
}

/// An account as the rooms know it. Confined to its ``ChatState``.
final class Account {
    private(set) var record: AccountRecord

    init(_ record: AccountRecord) {
        self.record = record
    }

    var number: UInt64 { record.number }
    var names: [Nickname] { record.names }
    var keys: [KeyFingerprint] { record.keys }

    /// - Returns: whether anything is different now.
    func change(_ change: (inout AccountRecord) -> Void) -> Bool {
        let before = record
        change(&record)
        // Names that are equal may be written otherwise.
        return record != before || record.names.map(\.text) != before.names.map(\.text)
    }
}

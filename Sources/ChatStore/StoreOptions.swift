public import ChatCore

/// How a history is kept.
public struct StoreOptions: Sendable {
    /// Where its files are. It is made, with its parents, if it is missing.
    public var directory: String
    public var durability: Durability
    public var keep: KeepPolicy
    /// What time it is, for what is kept for so many days.
    public var clock: @Sendable () -> Timestamp

    public init(
        directory: String,
        durability: Durability = .process,
        keep: KeepPolicy = KeepPolicy(),
        clock: @escaping @Sendable () -> Timestamp
    ) {
        (self.directory, self.durability, self.keep, self.clock) = (directory, durability, keep, clock)
    }
}

/// What an event that has been taken outlives.
public enum Durability: String, Sendable, CaseIterable {
    /// The end of the process, however it comes.
    case process
    /// A loss of power as well: each commit waits for the disk.
    case power
}

/// How much is kept before the oldest is removed; nil: any amount.
public struct KeepPolicy: Sendable, Equatable {
    /// Of each room.
    public var events: Int?
    /// Of each room.
    public var days: Int?
    /// Of all rooms together, as the database counts its pages.
    public var bytes: Int?

    public init(events: Int? = nil, days: Int? = nil, bytes: Int? = 4 << 30) {
        (self.events, self.days, self.bytes) = (events, days, bytes)
    }
}

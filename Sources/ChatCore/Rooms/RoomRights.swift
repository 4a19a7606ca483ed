/// Who has rights in a room by its key, and so has them again when it comes again.
public struct RoomRights: Sendable, Equatable {
    /// Of who made the room; nil: that one had no account.
    public var owner: KeyFingerprint?
    /// Of whom moderators have named.
    public var moderators: [KeyFingerprint]
    /// Of those who have been in it while it was private or locked, and may come again.
    public var guests: [KeyFingerprint]

    /// How many moderators and how many guests are known by their keys at most; those beyond have their rights as long as
    /// their connections last.
    public static let most = 250

    public init(
        owner: KeyFingerprint? = nil,
        moderators: [KeyFingerprint] = [],
        guests: [KeyFingerprint] = []
    ) {
        (self.owner, self.moderators, self.guests) = (owner, moderators, guests)
    }

    public var isEmpty: Bool { owner == nil && moderators.isEmpty && guests.isEmpty }
}

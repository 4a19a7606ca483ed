internal import ChatCore

/// Where an event stands in the one table of all rooms' events: its room, and behind that its number in the room.
enum EventKey {
    static let sequenceBits: Int64 = 36
    private static let lastSequence = UInt64(1) << 36 - 1
    private static let lastRoom = UInt64(1) << 27 - 1

    /// nil if one of them is too great, or 0.
    static func of(_ room: RoomID, _ sequence: UInt64) -> Int64? {
        guard (1...lastRoom).contains(room.number), (1...lastSequence).contains(sequence) else { return nil }
        return Int64(room.number) << sequenceBits | Int64(sequence)
    }

    /// Where events with these numbers can stand; nil if there can be none.
    static func range(_ room: RoomID, _ sequences: ClosedRange<UInt64> = 1...UInt64.max) -> ClosedRange<Int64>? {
        let (low, high) = (max(1, sequences.lowerBound), min(lastSequence, sequences.upperBound))
        guard low <= high, let first = of(room, low), let last = of(room, high) else { return nil }
        return first...last
    }

    static func room(_ key: Int64) -> RoomID { RoomID(UInt64(max(0, key)) >> UInt64(sequenceBits)) }

    static func sequence(_ key: Int64) -> UInt64 { UInt64(max(0, key)) & lastSequence }
}

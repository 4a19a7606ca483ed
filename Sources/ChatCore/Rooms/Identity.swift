/// A member's number: counts from 1 in the order of entering and is never given twice while the server runs.
public struct MemberID: Hashable, Sendable, Comparable {
    public let number: UInt64

    public init(_ number: UInt64) {
        self.number = number
    }

    public static func < (one: MemberID, other: MemberID) -> Bool { one.number < other.number }
}

/// One connection to the server, as its owner names it. The core only tells them apart.
public struct SessionID: Hashable, Sendable {
    /// Which of the server's shards the connection lives on.
    public let shard: Int
    /// Its number there, never given twice.
    public let serial: UInt64

    public init(shard: Int, serial: UInt64) {
        self.shard = shard
        self.serial = serial
    }
}

/// One life of a room: a room that has ended and is entered again gets another.
public struct RoomID: Hashable, Sendable {
    /// Counts from 1, which is the lobby's.
    public let number: UInt64

    public init(_ number: UInt64) {
        self.number = number
    }

    /// The room that always exists.
    public static let lobby = RoomID(1)
    /// The greatest number that a room may have: a log counts on it.
    public static let most: UInt64 = 1 << 27 - 1
}

/// A moment on the wall clock, in milliseconds since 1970 UTC.
public struct Timestamp: Hashable, Sendable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func < (one: Timestamp, other: Timestamp) -> Bool { one.milliseconds < other.milliseconds }

    /// So many seconds later.
    public func adding(seconds: Int) -> Timestamp {
        // A time that comes from a file may be any.
        let (sum, isTooFar) = milliseconds.addingReportingOverflow(Int64(seconds) * 1000)
        return Timestamp(milliseconds: isTooFar ? (seconds < 0 ? .min : .max) : sum)
    }

    /// Whole seconds from `earlier` to here; 0 if the clock was set back.
    public func seconds(since earlier: Timestamp) -> Int {
        Int(max(0, milliseconds - earlier.milliseconds) / 1000)
    }
}

/// A member's number: counts from 1 in the order of entering and is never given twice while the server runs.
public struct MemberID: Hashable, Sendable {
    public let number: UInt64

    public init(_ number: UInt64) {
        self.number = number
    }
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

/// A moment on the wall clock, in milliseconds since 1970 UTC.
public struct Timestamp: Hashable, Sendable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }
}

internal import ChatCore

/// The way out to one connection, for a member on the same event loop.
protocol Outlet: AnyObject {
    /// Whether more bytes would be sent soon rather than pile up.
    var isWritable: Bool { get }
    /// What both ends of the connection can show each other as words: 44 bits of the TLS exporter. Nil if the session has
    /// none, as TLS 1.2 without extended master secret. To look at it costs as much as forty messages.
    var words: UInt64? { get }
    /// Sends at once. After the connection has ended it does nothing. If it finds the connection broken, all that follows
    /// from its end happens before this returns.
    func send(_ bytes: RawSpan)
    /// Its member has been put out: what it is still to get it may not take its time with.
    func expel()
    /// Everything has been said: ends the connection properly.
    func close()
    /// Ends the connection without waiting for anybody.
    func abort()
    /// Reads on, if it was held up by answers that waited.
    func resume()
    /// Something that the member asked for has been done.
    func answered()
    /// The member wants the next stretch of a room's past.
    func turnPage(of room: RoomName, after sequence: UInt64, entry: UInt64)
}

/// How far sending came.
enum Progress {
    /// Nothing is left to send.
    case caughtUp
    /// The connection takes no more for now.
    case blocked
    /// It had its share of this turn, and wants more.
    case unfinished
    /// It wants what is here no more, and the log may still have.
    case fallenOff
}

/// Lets a complaint through once a minute at most, and counts it meanwhile: what a stranger does must not fill a disk.
struct Muffler {
    private static let minute: UInt64 = 60_000_000_000

    private var toldAt: UInt64?
    private var count = 0

    /// - Returns: how often it has happened since it was last told, if it is to be told now.
    mutating func note(now: UInt64) -> Int? {
        count += 1
        if let toldAt, now < toldAt + Self.minute { return nil }
        toldAt = now
        defer { count = 0 }
        return count
    }
}

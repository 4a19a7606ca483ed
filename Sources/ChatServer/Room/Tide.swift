/// How many connections there are against how many there were: tells when to give memory back.
///
/// An allocator keeps what is freed for those who come next. After a crowd has gone that is a lot, for nobody.
struct Tide {
    /// Below this many there is nothing to be had.
    static let least = 256

    private var highest = 0

    /// - Returns: whether half of the connections or more have gone since this last returned true.
    mutating func hasEbbed(to count: Int) -> Bool {
        highest = max(highest, count)
        guard highest >= Self.least, count <= highest / 2 else { return false }
        highest = count
        return true
    }
}

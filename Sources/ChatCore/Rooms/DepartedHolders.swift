internal import DequeModule

/// Those who have left and may come again with something that they have said already: whose secret was whose.
struct DepartedHolders {
    private var holders: [SessionSecret: Receipts.Holder] = [:]
    private var order = Deque<(secret: SessionSecret, at: Timestamp)>()

    private static let most = 100_000

    mutating func add(_ secret: SessionSecret, _ holder: Receipts.Holder, at now: Timestamp) {
        holders[secret] = holder
        order.append((secret, now))
        while let oldest = order.first, !isAlive(oldest.at, now) || order.count > Self.most {
            order.removeFirst()
            holders[oldest.secret] = nil
        }
    }

    /// What they have said is forgotten after a while, and then it does not matter who they were.
    func holder(of secret: SessionSecret) -> Receipts.Holder? { holders[secret] }

    private func isAlive(_ time: Timestamp, _ now: Timestamp) -> Bool {
        now < time.adding(seconds: Receipts.lifetime)
    }
}

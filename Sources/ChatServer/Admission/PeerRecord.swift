/// What is remembered of a peer that owes acknowledgements, from one look at it to the next.
struct PeerRecord {
    enum Verdict {
        /// It owes nothing: there is nothing to watch.
        case settled
        /// It is to be looked at again.
        case waiting
        /// Nothing comes from it any more, though it was asked again and again.
        case gone
        /// It is there, and has taken nothing for too long.
        case stalled
    }

    /// Milliseconds without a sign of life. A peer that is idle gives one every half minute, when the kernel asks for it;
    /// and it is looked at every ten seconds. So one that is gone is found within a minute.
    static let longestSilence: UInt64 = 45_000
    /// A single answer may have been lost on the way.
    static let unanswered = 3

    private var acknowledged: UInt64?
    /// When it last took something, or was first looked at.
    private var progressAt: UInt64 = 0

    /// - Parameters:
    ///   - now: nanoseconds on a clock that never goes back.
    ///   - patience: nanoseconds that a peer may take nothing; 0 for any time.
    mutating func judge(_ transport: Transport, now: UInt64, patience: UInt64) -> Verdict {
        guard transport.owes else { return .settled }
        if transport.silence >= Self.longestSilence, transport.unanswered >= Self.unanswered { return .gone }
        if acknowledged != transport.acknowledged {
            acknowledged = transport.acknowledged
            progressAt = now
        }
        return patience > 0 && now - progressAt >= patience ? .stalled : .waiting
    }
}

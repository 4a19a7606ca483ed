internal import ChatCore

/// What one connection may say: a budget of bytes and one of messages. Who has used up either is not read from until it has
/// refilled, so nothing is lost.
struct SpeechAllowance {
    private var bytes: TokenBucket
    private var messages: TokenBucket?
    private let rate: Int64
    private let rateWhenLagging: Int64
    private let lineCost: Int64

    /// - Parameter now: nanoseconds on a clock that never goes back.
    init(_ limits: ServerLimits, now: UInt64) {
        (rate, rateWhenLagging) = (limits.bytesPerSecond, limits.bytesPerSecondWhenLagging)
        lineCost = limits.lineCost
        bytes = TokenBucket(capacity: limits.burst, rate: limits.bytesPerSecond, now: now)
        if limits.messageRate > 0 {
            messages = TokenBucket(capacity: max(1, limits.messageBurst), rate: limits.messageRate, now: now)
        }
    }

    /// - Parameter isSlow: a reader is far behind, and floods wait for it.
    mutating func adapt(isSlow: Bool, now: UInt64) {
        bytes.change(rate: isSlow ? rateWhenLagging : rate, now: now)
    }

    /// A line of so many bytes, which counts for so many messages.
    mutating func spend(line length: Int, messages count: Int64, now: UInt64) {
        bytes.spend(Int64(length) + lineCost, now: now)
        if count > 0 { messages?.spend(count, now: now) }
    }

    /// Bytes that were not a line by themselves.
    mutating func spend(bytes count: Int, now: UInt64) {
        bytes.spend(Int64(max(0, count)), now: now)
    }

    /// Nanoseconds until it may say more; 0 if it may.
    mutating func debt(now: UInt64) -> UInt64 {
        max(bytes.debt(now: now), messages?.debt(now: now) ?? 0)
    }
}

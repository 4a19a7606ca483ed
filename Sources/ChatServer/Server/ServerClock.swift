public import ChatCore
internal import Glibc

/// The wall clock and the time zone, as something that a test can set.
public struct ServerClock: Sendable {
    public var now: @Sendable () -> Timestamp
    /// Seconds east of UTC at a moment.
    public var utcOffset: @Sendable (Timestamp) -> Int

    public init(now: @escaping @Sendable () -> Timestamp, utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        self.now = now
        self.utcOffset = utcOffset
    }

    /// The machine's.
    public static let system = ServerClock(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        utcOffset: { moment in
            var seconds = time_t(moment.milliseconds / 1000)
            var local = tm()
            localtime_r(&seconds, &local)
            return local.tm_gmtoff
        }
    )
}

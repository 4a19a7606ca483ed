import ChatCore
import Glibc

/// The wall clock and the time zone of this machine.
enum LocalTime {
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Seconds east of UTC.
    static func utcOffset(at moment: Timestamp) -> Int {
        var seconds = time_t(moment.milliseconds / 1000)
        var local = tm()
        localtime_r(&seconds, &local)
        return local.tm_gmtoff
    }
}

import Glibc

/// What the measured server costs the machine.
enum ServerMeter: Equatable {
    /// Another process of this machine, by its number.
    case process(pid_t)
    /// A server inside this process. Its CPU time is that of all threads but the calling one, and its memory is that of
    /// server and load together.
    case inProcess
    /// One that we cannot look into.
    case unknown

    /// CPU time used so far, in seconds; nil if it cannot be known.
    var processorTime: Double? {
        switch self {
        case .process(let id): ProcessFiles(id).runTime
        case .inProcess: Self.time(on: CLOCK_PROCESS_CPUTIME_ID) - Self.ownThreadTime
        case .unknown: nil
        }
    }

    /// Resident memory, in KiB; nil if it cannot be known.
    var residentKiB: Int? {
        switch self {
        case .process(let id): ProcessFiles(id).residentKiB
        case .inProcess: ProcessFiles(getpid()).residentKiB
        case .unknown: nil
        }
    }

    /// CPU time that the calling thread has used, in seconds.
    static var ownThreadTime: Double { time(on: CLOCK_THREAD_CPUTIME_ID) }

    private static func time(on clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

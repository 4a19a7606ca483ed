internal import Glibc

/// How many files this process may have open: each connection is one.
public enum FileLimit {
    /// Asks for as many as the system lets us have.
    /// - Returns: how many there may be now; 0 if the system does not say.
    @discardableResult
    public static func raise() -> UInt {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        limit.rlim_cur = limit.rlim_max
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return limit.rlim_cur
    }
}

import Glibc

/// The few things that are asked of the machine.
enum System {
    /// Seconds since 1970.
    static var now: Int64 { Int64(time(nil)) }

    /// Whoever starts us with standard input, output or error closed must not have a socket take its number.
    static func reserveStandardDescriptors() {
        var descriptor: CInt
        repeat { descriptor = open("/dev/null", O_RDWR) } while (0...2).contains(descriptor)
        close(descriptor)
    }

    /// Asks for as many open files as the system lets us have: each connection is one.
    /// - Returns: how many there may be now.
    static func raiseFileLimit() -> UInt {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        limit.rlim_cur = limit.rlim_max
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return limit.rlim_cur
    }

    /// The permission bits of a file, or nil if it has none that we can see.
    static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }
}

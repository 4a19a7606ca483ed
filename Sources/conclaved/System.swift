import Glibc

/// The few things that are asked of the machine.
enum System {
    /// Seconds since 1970.
    static var now: Int64 { Int64(time(nil)) }

    /// The permission bits of a file, or nil if it has none that we can see.
    static func mode(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }
}

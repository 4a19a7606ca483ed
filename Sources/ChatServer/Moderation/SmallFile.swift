internal import Glibc

/// A file of a few megabytes at most, read as a whole, and what the system says about it.
struct SmallFile {
    let bytes: [UInt8]
    let mode: mode_t
    /// What the file was when the reading began; nil if it changed meanwhile.
    let stamp: FileStamp?

    enum Problem: Error, Equatable {
        /// A call failed with this `errno`.
        case system(Int32)
        /// It has more bytes than this.
        case tooLarge(limit: Int)
    }

    /// Reads a file, or what comes out of a pipe. Not for an event loop.
    /// - Parameter limit: how many bytes it may have.
    init(reading path: String, limit: Int) throws(Problem) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .system(errno) }
        defer { close(file) }
        var before = stat()
        guard fstat(file, &before) == 0 else { throw .system(errno) }
        bytes = try Self.readAll(file, limit: limit)
        var after = stat()
        guard fstat(file, &after) == 0 else { throw .system(errno) }
        mode = before.st_mode
        stamp = FileStamp(before) == FileStamp(after) ? FileStamp(before) : nil
    }

    private static func readAll(_ file: Int32, limit: Int) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno) }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else { throw .tooLarge(limit: limit) }
            bytes += buffer[..<count]
        }
    }
}

extension SmallFile.Problem: CustomStringConvertible {
    var description: String {
        switch self {
        case .system(let errno):
            "cannot be read: \(String(cString: strerror(errno))); check the path and who may read it"
        case .tooLarge(let limit): "has more than \(limit / 1024) KiB; check the path, or leave something out"
        }
    }
}

/// What changes when a file does: which file it is, its size, and when it was last written, to the nanosecond.
struct FileStamp: Equatable {
    let device: dev_t
    let inode: ino_t
    let size: off_t
    let seconds: Int
    let nanoseconds: Int

    init(_ status: stat) {
        device = status.st_dev
        inode = status.st_ino
        size = status.st_size
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }

    /// - Returns: nil if there is no such file, or none that we can see.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}

internal import Glibc

/// A small file that nobody else may write, or even read; it is there whole or not at all, whatever happens.
struct PrivateFile {
    /// Why it could not be read or written.
    enum Problem: Error, Sendable, Equatable {
        case system(path: String, reason: String)
        case notAFile(path: String)
        case tooLong(path: String)
        /// `mode` is what others may do, as chmod(1) has it, and `forbidden` what they may not.
        case open(path: String, mode: UInt32, forbidden: UInt32)
        /// Another program works on it, and does not come to an end.
        case busy(path: String)
    }

    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// - Parameters:
    ///   - forbidden: bits of the mode that it may not have.
    ///   - limit: how many bytes it may have.
    /// - Returns: nil if there is none.
    func read(forbidden: UInt32, limit: Int) throws(Problem) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw system(path)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw system(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        guard status.st_mode & forbidden == 0 else {
            throw .open(path: path, mode: status.st_mode & 0o777, forbidden: forbidden)
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw system(path) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw .tooLong(path: path) }
        }
    }

    /// Puts it in the place of what was there, as a file that only its owner can read. The directory is made if it is
    /// missing.
    /// - Parameter replaces: whether there may be one already.
    func write(_ bytes: [UInt8], replaces: Bool = true) throws(Problem) {
        try makeDirectory()
        // What is a link stays one.
        let target = replaces ? Self.resolved(path) : path
        let temporary = "\(target).\(getpid()).new"
        unlink(temporary)  // of one that ended in the middle, and had our number
        let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw system(temporary) }
        var problem: Problem?
        do throws(Problem) {
            try fill(file, bytes, temporary)
        } catch {
            problem = error
        }
        if close(file) != 0, problem == nil { problem = system(temporary) }
        if problem == nil, !(replaces ? rename(temporary, target) == 0 : Self.place(temporary, target)) {
            problem = system(target)
        }
        if !replaces || problem != nil { unlink(temporary) }
        if let problem { throw problem }
        syncDirectory(of: target)
    }

    /// Gives it a name that nothing has yet.
    private static func place(_ temporary: String, _ target: String) -> Bool {
        if link(temporary, target) == 0 { return true }
        // Some file systems have one name for a file.
        guard errno == EPERM || errno == EOPNOTSUPP, access(target, F_OK) != 0 else { return false }
        return rename(temporary, target) == 0
    }

    private func fill(_ file: CInt, _ bytes: [UInt8], _ path: String) throws(Problem) {
        // The umask may have taken away more, and never less.
        guard fchmod(file, 0o600) == 0 else { throw system(path) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw system(path) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw system(path) }
    }

    /// Runs `body` while no other client that works on this file does.
    func locked<R>(_ body: () throws -> R) throws -> R {
        try makeDirectory()
        let name = path + ".lock"
        let file = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw system(name) }
        defer { close(file) }
        var tries = 0
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw system(name) }
            tries += 1
            guard tries < Self.mostTries else { throw Problem.busy(path: name) }
            usleep(10_000)
        }
        return try body()
    }

    /// Five seconds' worth. Who has it needs it for as long as a small file takes to be written.
    private static let mostTries = 500

    /// Makes the directory that it is in, and its parents, if they are missing: for nobody else's eyes.
    func makeDirectory() throws(Problem) {
        let directory = Self.directory(of: path)
        var end = directory.startIndex
        while end < directory.endIndex {
            end = directory[directory.index(after: end)...].firstIndex(of: "/") ?? directory.endIndex
            let part = String(directory[..<end])
            guard mkdir(part, 0o700) != 0, errno != EEXIST else { continue }
            // One that is there may be where nothing can be made, such as a read-only disk.
            let problem = system(part)
            var status = stat()
            guard stat(part, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw problem }
        }
    }

    private func syncDirectory(of path: String) {
        // Should it not be possible, all is still there as long as the power is.
        let directory = open(Self.directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func resolved(_ path: String) -> String {
        guard let found = realpath(path, nil) else { return path }
        defer { free(found) }
        return String(cString: found)
    }

    /// What the last call to the system complained about.
    private func system(_ path: String) -> Problem {
        .system(path: path, reason: String(cString: strerror(errno)))
    }
}

extension PrivateFile.Problem: CustomStringConvertible {
    var description: String {
        switch self {
        case .system(let path, let reason): "\(path): \(reason)"
        case .notAFile(let path): "\(path) is not a file"
        case .tooLong(let path): "\(path) is too long"
        case .open(let path, let mode, let forbidden):
            "others may \(mode & forbidden & 0o044 != 0 ? "read" : "change") \(path) (mode \(String(mode, radix: 8)))"
        case .busy(let path): "another program holds \(path)"
        }
    }
}

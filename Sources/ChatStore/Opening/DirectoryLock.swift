internal import Glibc
internal import Synchronization

/// That nobody else works on a data directory: a lock on a file in it, which the kernel releases when the process ends,
/// however it ends.
final class DirectoryLock: Sendable {
    private let file: Mutex<CInt?>

    init(_ directory: String) throws(StoreError) {
        let path = directory + "/lock"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .system(path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let isTaken = errno == EWOULDBLOCK
            let problem = StoreError.system(path)
            Glibc.close(file)
            throw isTaken ? .inUse(directory: directory) : problem
        }
        self.file = Mutex(file)
    }

    deinit {
        release()
    }

    func release() {
        // The file stays: were it removed, one who has it open already and one who makes it anew would both have a lock.
        file.withLock { file in
            guard let open = file else { return }
            // A process that is just being started has a copy of it for a moment, which would keep it locked.
            flock(open, LOCK_UN)
            Glibc.close(open)
            file = nil
        }
    }
}

extension StoreError {
    /// What the last call to the system complained about.
    static func system(_ path: String) -> StoreError {
        .unusable(path: path, reason: String(cString: strerror(errno)))
    }
}

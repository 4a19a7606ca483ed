import Glibc
import NIOConcurrencyHelpers
import Testing

/// The two ends of a pipe, which no child inherits unless it is given them.
struct PipeEnds {
    let reading: Int32
    let writing: Int32

    /// No child is started between the making of a pipe and its marking.
    fileprivate static let marking = NIOLock()

    init() throws {
        var ends: [Int32] = [0, 0]
        let made = Self.marking.withLock {
            pipe(&ends) == 0 && ends.allSatisfy { fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }
        }
        try #require(made, "pipe: \(String(cString: strerror(errno)))")
        (reading, writing) = (ends[0], ends[1])
    }

    func closeReading() { close(reading) }
    func closeWriting() { close(writing) }
}

/// A child of the test process, in its process group: who ends the tests from outside ends it too.
final class ChildProcess: Sendable {
    let id: pid_t
    /// Guards against a signal to a stranger, who has got the number of a child that is gone.
    private let isGone = NIOLockedValueBox(false)

    private static let ignoresBrokenPipes: Void = {
        signal(SIGPIPE, SIG_IGN)
    }()

    /// What a child reads from and writes to.
    enum Streams {
        case pipes(input: Int32, output: Int32, errors: Int32)
        /// The path of a terminal, which becomes that of a session of its own.
        case terminal(String)
    }

    /// - Parameter environment: what it finds in its environment besides, as `NAME=VALUE`.
    init(_ path: String, _ arguments: [String], environment: [String], _ streams: Streams) throws {
        Self.ignoresBrokenPipes
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        switch streams {
        case .pipes(let input, let output, let errors):
            for (descriptor, standard) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (errors, STDERR_FILENO)] {
                posix_spawn_file_actions_adddup2(&actions, descriptor, standard)
            }
        case .terminal(let path):
            // The first terminal that the leader of a session opens is its own.
            flags |= 0x80  // POSIX_SPAWN_SETSID, which Swift's Glibc leaves out
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, path, O_RDWR, 0)
            for standard in [STDOUT_FILENO, STDERR_FILENO] {
                posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, standard)
            }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // As from a shell: no signal blocked, none ignored.
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var id: pid_t = 0
        let result = withCStrings([path] + arguments) { arguments in
            withCStrings(Self.environment(besides: environment)) { environment in
                PipeEnds.marking.withLock {
                    posix_spawnp(&id, path, &actions, &attributes, arguments, environment)
                }
            }
        }
        try #require(result == 0, "starting \(path): \(String(cString: strerror(result)))")
        self.id = id
    }

    /// What a child needs of our environment, and what the sanitizers do, where nothing else is said.
    private static func environment(besides given: [String]) -> [String] {
        let names = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"]
        let ours = ["LC_ALL=C"] + names.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
        let isGiven = Set(given.compactMap { $0.split(separator: "=").first })
        return given
            + ours.filter { variable in variable.split(separator: "=").first.map { !isGiven.contains($0) } ?? true }
    }

    /// Sends a signal, unless the child has ended.
    func send(_ signal: Int32) {
        isGone.withLockedValue { isGone in
            if !isGone { kill(id, signal) }
        }
    }

    /// The exit status, or minus the signal that ended it, when it has ended. To be called once.
    func wait() -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        onOwnThread { [self] in
            var information = siginfo_t()
            while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            var status: Int32 = 0
            isGone.withLockedValue { isGone in
                isGone = true
                waitpid(id, &status, 0)
            }
            let signal = status & 0x7F
            continuation.yield(signal == 0 ? (status >> 8) & 0xFF : -signal)
            continuation.finish()
        }
        return stream
    }
}

private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
}

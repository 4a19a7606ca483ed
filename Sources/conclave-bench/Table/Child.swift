import Glibc

/// A program that this one has started. It is ended when this goes, or when this program ends, however that ends.
final class Child {
    let id: pid_t
    private let name: String
    private var output: CInt
    private var held: [UInt8] = []
    private var isOver = false

    /// Starts a program whose standard output we read; its errors go where ours go.
    ///
    /// To be called on the main thread: the kernel ends a child with the thread that has started it, and the main thread
    /// goes last.
    /// - Parameter processor: the only one it may run on; nil for any.
    init(_ path: String, _ arguments: [String], processor: Int? = nil) throws(BenchError) {
        name = path.split(separator: "/").last.map(String.init) ?? path
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0 else { throw .last("pipe") }
        output = ends[0]
        defer { close(ends[1]) }
        _ = fcntl(output, F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        posix_spawn_file_actions_addclose(&actions, ends[1])
        // Each of these becomes the next, and at last the program itself, so the number stays.
        let leash = ["setpriv", "--pdeathsig", "TERM", "--"]
        let pin = processor.map { ["taskset", "--cpu-list", String($0)] } ?? []
        var id: pid_t = 0
        let result = Self.withCStrings(leash + pin + [path] + arguments) { words in
            posix_spawnp(&id, leash[0], &actions, nil, words, environ)
        }
        guard result == 0 else {
            close(output)
            throw .program(name, problem: "cannot be started: \(String(cString: strerror(result)))")
        }
        self.id = id
    }

    deinit {
        if !isOver { _ = end() }
        close(output)
    }

    /// The next line of its output; nil at the end.
    func line() -> String? {
        while true {
            if let end = held.firstIndex(of: UInt8(ascii: "\n")) {
                defer { held.removeSubrange(...end) }
                return String(decoding: held[..<end], as: UTF8.self)
            }
            guard readMore() else { return nil }
        }
    }

    /// All that is left of its output. Then it has ended.
    /// - Throws: ``BenchError/program(_:problem:)`` unless it ended well.
    func finish() throws(BenchError) -> String {
        while readMore() {}
        let status = wait()
        guard status == 0 else { throw .program(name, problem: "has failed, see above (status \(status))") }
        return String(decoding: held, as: UTF8.self)
    }

    /// Tells it to end, and waits until it has.
    @discardableResult
    func end() -> Int32 {
        kill(id, SIGTERM)
        return wait()
    }

    private func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        isOver = true
        let signal = status & 0x7F
        return signal == 0 ? status >> 8 & 0xFF : -signal
    }

    private func readMore() -> Bool {
        let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
            count = max(0, read(output, buffer.baseAddress, buffer.count))
        }
        held += bytes
        return !bytes.isEmpty
    }

    private static func withCStrings<R>(
        _ strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> R
    ) -> R {
        let pointers = strings.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }
}

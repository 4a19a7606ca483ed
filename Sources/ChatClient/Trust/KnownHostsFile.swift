internal import NIOPosix

/// The file of ``KnownHosts``: read anew each time, and changed by one client at a time.
///
/// Its directory is made 0700 and the file 0600. What it waits for is waited for in a thread that does nothing else.
public struct KnownHostsFile: Sendable, Equatable {
    public let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// What stands in it; nobody is known if there is none.
    public func read() async throws(ClientError) -> KnownHosts {
        try await work { try load() }
    }

    /// Changes it, if `change` does.
    /// - Returns: what `change` does.
    public func update<R: Sendable>(
        _ change: @escaping @Sendable (inout KnownHosts) throws -> R
    ) async throws(ClientError) -> R {
        try await work {
            try file.locked {
                let before = try load()
                var hosts = before
                let result = try change(&hosts)
                if hosts != before {
                    let text = Array(hosts.text.utf8)
                    // What could not be read again, such as a line that a long remark makes too long, would shut everybody out.
                    _ = try KnownHosts(text)
                    try file.write(text)
                }
                return result
            }
        }
    }

    private var file: PrivateFile { PrivateFile(path) }

    private func load() throws -> KnownHosts {
        // Whoever can write into it decides whom we believe.
        try KnownHosts(file.read(forbidden: 0o022, limit: KnownHosts.limit) ?? [])
    }

    private func work<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws(ClientError) -> R {
        do {
            return try await NIOThreadPool.singleton.runIfActive(body)
        } catch let error as ClientError {
            throw error
        } catch {
            throw .knownHosts(path: path, Self.explain(error, path))
        }
    }

    private static func explain(_ error: any Error, _ path: String) -> String {
        switch error {
        case let problem as KnownHostsProblem: "\(path), \(problem)"
        case let reason as KnownHostsProblem.Reason: "\(reason)"
        case PrivateFile.Problem.open: "\(error); look through it, and say: chmod 600 \(path)"
        case PrivateFile.Problem.busy: "\(error); try again"
        case let problem as PrivateFile.Problem: "\(problem)"
        default: "\(path): \(error)"
        }
    }
}

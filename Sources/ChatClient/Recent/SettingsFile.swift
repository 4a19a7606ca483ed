internal import NIOPosix

/// A small file of the user's settings: read whole, and written so that it is there whole or not at all.
///
/// Its directory is made 0700 and the file 0600. What it waits for is waited for in a thread that does nothing else.
public struct SettingsFile: Sendable, Equatable {
    /// The longest that is read, in bytes.
    public static let limit = 64 * 1024

    /// Why it could not be read or written: one line.
    public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        public let description: String
    }

    public let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// - Returns: nil if there is none.
    /// - Throws: if others can write it, who would then decide for the user.
    public func read() async throws(Problem) -> [UInt8]? {
        try await work { try load() }
    }

    /// Changes it, one program at a time. `change` is given what stands in it, and nothing if there is none.
    public func update(_ change: @escaping @Sendable ([UInt8]) -> [UInt8]) async throws(Problem) {
        try await work {
            try file.locked {
                let before = try load() ?? []
                let after = change(before)
                if after != before { try file.write(after) }
            }
        }
    }

    private var file: PrivateFile { PrivateFile(path) }

    private func load() throws -> [UInt8]? { try file.read(forbidden: 0o022, limit: Self.limit) }

    private func work<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws(Problem) -> R {
        do {
            return try await NIOThreadPool.singleton.runIfActive(body)
        } catch PrivateFile.Problem.open(let path, let mode, let forbidden) {
            let problem = PrivateFile.Problem.open(path: path, mode: mode, forbidden: forbidden)
            throw Problem(description: "\(problem); look through it, and say: chmod 600 \(path)")
        } catch {
            throw Problem(description: "\(error)")
        }
    }
}

extension ConfigDirectory {
    /// What the user wants always, in the words of the flags.
    public var configuration: SettingsFile { SettingsFile(path + "/config.yaml") }

    /// Where the user was: ``RecentServers``.
    public var recent: SettingsFile { SettingsFile(path + "/recent") }
}

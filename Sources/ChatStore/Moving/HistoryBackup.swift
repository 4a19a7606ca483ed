internal import GRDB
internal import Glibc

/// Copies a history as of one moment into a file, while a server may be running.
public struct HistoryBackup: Sendable {
    private let directory: DataDirectory

    public init(of directory: DataDirectory) {
        self.directory = directory
    }

    /// - Parameter path: where nothing is yet. What is made there is complete when this returns, is on the disk, and is for
    ///   nobody else's eyes.
    public func run(to path: String) throws(StoreError) {
        let source = try HistoryFile(directory)
        try DataDirectory.createFile(path, mayExist: false)
        do {
            // It takes over what is in use and nothing else: no page that was removed and not overwritten.
            try source.run { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
            try Self.synchronize(path)
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func synchronize(_ path: String) throws(StoreError) {
        let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        for path in [path, parent] {
            let file = open(path, O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { throw .system(path) }
            defer { close(file) }
            guard fsync(file) == 0 else { throw .system(path) }
        }
    }
}

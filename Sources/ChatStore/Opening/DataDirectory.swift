internal import Glibc

/// Where a server keeps what outlives it.
public struct DataDirectory: Sendable, Equatable {
    public let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// `$XDG_STATE_HOME/conclaved`, or else `~/.local/state/conclaved`; nil if there is neither.
    public static var standard: DataDirectory? {
        // The specification has relative paths ignored.
        if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
            return DataDirectory(state + "/conclaved")
        }
        return environment("HOME").map { DataDirectory($0 + "/.local/state/conclaved") }
    }

    /// The database.
    var file: String { path + "/history.sqlite" }

    /// Makes it, and its parents, if they are missing: for nobody else's eyes.
    func create() throws(StoreError) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            let part = String(path[..<end])
            guard mkdir(part, 0o700) != 0, errno != EEXIST else { continue }
            // One that is there may be where nothing can be made, such as a read-only disk.
            let problem = StoreError.system(part)
            guard Self.isDirectory(part) else { throw problem }
        }
        guard Self.isDirectory(path) else { throw .unusable(path: path, reason: "this is not a directory") }
    }

    /// Makes an empty database file that nobody else can read, if there is none. What SQLite puts beside it gets the same
    /// rights as it has.
    func createFile() throws(StoreError) {
        try Self.createFile(file, mayExist: true)
    }

    static func createFile(_ path: String, mayExist: Bool) throws(StoreError) {
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            if mayExist, errno == EEXIST { return }
            throw .system(path)
        }
        Glibc.close(file)
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}

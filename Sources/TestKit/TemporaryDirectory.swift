internal import Glibc
internal import Synchronization

/// A directory that nobody else uses, and that is gone when the process exits. It holds files, and directories of files.
public struct TemporaryDirectory: Sendable {
    public let path: String

    private static let made = Mutex<[String]>([])
    private static let removesAtExit: Bool = atexit { TemporaryDirectory.removeAll() } == 0

    /// - Throws: a ``FixtureError`` if the system makes none.
    public init() throws {
        guard Self.removesAtExit else { throw FixtureError(what: "atexit", reason: "no room") }
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/conclave-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FixtureError(what: "mkdtemp in \(parent)", reason: String(cString: strerror(errno)))
        }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.path = path
        Self.made.withLock { $0.append(path) }
    }

    /// The path of something in it.
    public func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and returns its path.
    public func write(_ text: String, to name: String) throws -> String {
        let path = path(name)
        guard let file = fopen(path, "w") else {
            throw FixtureError(what: "opening \(path)", reason: String(cString: strerror(errno)))
        }
        fputs(text, file)
        guard fclose(file) == 0 else {
            throw FixtureError(what: "writing \(path)", reason: String(cString: strerror(errno)))
        }
        return path
    }

    private static func removeAll() {
        for path in made.withLock({ $0 }) {
            for pattern in ["\(path)/*/*", "\(path)/*", path] {
                var found = glob_t()
                defer { globfree(&found) }
                guard glob(pattern, 0, nil, &found) == 0 else { continue }
                for index in 0..<Int(found.gl_pathc) {
                    if let file = found.gl_pathv[index] { Glibc.remove(file) }
                }
            }
        }
    }
}

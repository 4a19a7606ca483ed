import Glibc

/// A directory for the files of one run.
struct Scratch {
    let path: String

    /// - Throws: ``BenchError`` if none can be made.
    init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/conclave-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchError.last(parent) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes it with its files; it has no directories.
    func remove() {
        var found = glob_t()
        defer { globfree(&found) }
        for pattern in ["\(path)/*", path] where glob(pattern, 0, nil, &found) == 0 {
            for index in 0..<Int(found.gl_pathc) {
                if let file = found.gl_pathv[index] { Glibc.remove(file) }
            }
        }
    }
}

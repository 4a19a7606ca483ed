internal import Glibc

/// The beginning of a database file, read without SQLite, which could not but write to it: a file that is not ours, or not
/// yet, is left as it is.
struct FileHeader {
    private let bytes: [UInt8]

    private static let magic = Array("SQLite format 3\0".utf8)
    private static let length = 100

    init(_ path: String) throws(StoreError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .system(path) }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: Self.length)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { throw .system(path) }
        self.bytes = Array(bytes[..<count])
    }

    func check(_ path: String) throws(StoreError) {
        // One that was just made.
        if bytes.isEmpty { return }
        guard bytes.count == Self.length, bytes.starts(with: Self.magic) else {
            throw .corrupt(file: path, detail: "it does not begin as a database does")
        }
        let (version, application) = (number(at: 60), number(at: 68))
        // Both are still 0 if what was first written lies in the log beside it.
        guard application == 0 || Int64(application) == Schema.application else {
            throw .unusable(path: path, reason: "this is the database of another program")
        }
        guard version <= Schema.newest else { throw .newer(file: path) }
    }

    private func number(at offset: Int) -> UInt32 {
        bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}

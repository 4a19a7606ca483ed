import ChatCore
import ChatStore
import Glibc
import Synchronization

/// A directory for one test, gone with it.
final class Scratch: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/conclave-store.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("mkdtemp: \(String(cString: strerror(errno)))") }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit {
        Self.remove(path)
    }

    var data: String { path + "/data" }
    var file: String { data + "/history.sqlite" }

    func options(
        _ keep: KeepPolicy = KeepPolicy(),
        durability: Durability = .process,
        at now: Int64 = 0
    ) -> StoreOptions {
        StoreOptions(directory: data, durability: durability, keep: keep) { Timestamp(milliseconds: now) }
    }

    /// A store that has begun.
    func open(_ keep: KeepPolicy = KeepPolicy(), at now: Int64 = 0) throws -> HistoryStore {
        let store = try HistoryStore.open(options(keep, at: now))
        _ = try store.saved(at: Timestamp(milliseconds: now))
        return store
    }

    func bytes(_ path: String) -> [UInt8] {
        let file = Glibc.open(path, O_RDONLY)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &piece, piece.count)
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }

    func write(_ bytes: [UInt8], to path: String) {
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        precondition(file >= 0 && Glibc.write(file, bytes, bytes.count) == bytes.count)
        close(file)
    }

    func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    private static func remove(_ path: String) {
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(directory)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}

extension RoomLog {
    func append(_ batch: LogBatch) async throws {
        try await withCheckedContinuation { continuation in
            append(batch) { continuation.resume(returning: $0) }
        }.get()
    }

    func append(_ events: [Event], _ facts: Fact..., last: UInt64 = 0) async throws {
        try await append(LogBatch(events: events, facts: facts, lastMember: MemberID(last)))
    }

    func fetch(_ question: LogQuestion) async throws -> [Event] {
        try await withCheckedContinuation { continuation in
            fetch(question) { continuation.resume(returning: $0) }
        }.get()
    }

    func all(_ room: RoomID) async throws -> [Event] {
        try await fetch(.oldest(room, 1...UInt64.max, limit: .max))
    }
}

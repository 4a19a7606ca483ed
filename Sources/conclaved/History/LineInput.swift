import ChatStore
import Glibc

/// The lines of a file, none longer than those of an export can be.
struct LineInput {
    private let file: CInt
    private let name: String
    private var buffer: [UInt8] = []
    private var place = 0
    private static let longest = 1 << 20

    /// - Parameter path: nil: standard input.
    init(_ path: String?) throws {
        name = path ?? "standard input"
        file = path.map { open($0, O_RDONLY | O_CLOEXEC) } ?? STDIN_FILENO
        guard file >= 0 else { throw Self.failure(name) }
    }

    /// - Returns: nil at the end.
    mutating func next() throws -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if let end = buffer[place...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { place = end + 1 }
                return line + buffer[place..<end]
            }
            line += buffer[place...]
            guard line.count <= Self.longest else {
                throw StoreError.unusable(path: name, reason: "there is a line too long to be of an export")
            }
            guard try fill() else { return line.isEmpty ? nil : line }
        }
    }

    func close() {
        if file != STDIN_FILENO { Glibc.close(file) }
    }

    /// - Returns: whether there was anything.
    private mutating func fill() throws -> Bool {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure(name) }
            (buffer, place) = (Array(bytes[..<count]), 0)
            return count > 0
        }
    }

    private static func failure(_ name: String) -> StoreError {
        .unusable(path: name, reason: String(cString: strerror(errno)))
    }
}

import ChatCore
import Dispatch
import Glibc

/// Reads standard input, whatever it is: a pipe, a file or a terminal.
///
/// A read may block for ever, so it has a thread that Swift's own tasks do not wait for.
struct StandardInput: Sendable {
    struct Unreadable: Error {
        let reason: String
    }

    private let queue = DispatchQueue(label: "standard input")

    /// The next bytes, or nil at the end.
    func next() async throws -> [UInt8]? {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Self.read() }) }
        }
    }

    private static func read() throws -> [UInt8]? {
        let bytes = try [UInt8](unsafeUninitializedCapacity: 16 * 1024) { buffer, count in
            var result: Int
            repeat {
                result = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            } while result < 0 && errno == EINTR
            guard result >= 0 else { throw Unreadable(reason: String(cString: strerror(errno))) }
            count = result
        }
        return bytes.isEmpty ? nil : bytes
    }
}

/// Writes lines to standard output at once, and says so if nobody takes them.
struct StandardOutput: Sendable {
    /// Nobody reads what we write any more.
    struct Closed: Error {
        let reason: String
    }

    private let queue = DispatchQueue(label: "standard output")

    func write(_ lines: [CleanText]) async throws {
        try await write(lines.flatMap { Array($0.string.utf8) + [UInt8(ascii: "\n")] })
    }

    /// Writes bytes as they are.
    func write(_ bytes: [UInt8]) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            queue.async { continuation.resume(with: Result { try Self.write(bytes) }) }
        }
    }

    private static func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let written = Glibc.write(STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written >= 0 {
                    rest = rest.dropFirst(written)
                } else if errno != EINTR {
                    throw Closed(reason: String(cString: strerror(errno)))
                }
            }
        }
    }
}

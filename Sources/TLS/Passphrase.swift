internal import Glibc

/// The first line of a file.
struct Passphrase {
    /// As much as OpenSSL has room for, and its NUL.
    private static let longest = 1_023

    private let bytes: [UInt8]

    /// Reads no further than it has to, so the file may be a pipe.
    init(file path: String) throws(TLSError) {
        guard let file = fopen(path, "re") else {
            throw .file(path: path, .unreadable(String(cString: strerror(errno))))
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte != EOF, byte != CInt(UInt8(ascii: "\n")), bytes.count <= Self.longest {
            bytes.append(UInt8(truncatingIfNeeded: byte))
        }
        if ferror(file) != 0 { throw .file(path: path, .unreadable(String(cString: strerror(errno)))) }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard (1...Self.longest).contains(bytes.count) else { throw .file(path: path, .noPassphrase) }
        self.bytes = bytes
    }

    /// - Returns: how many bytes there are, or -1 if there is no room for them.
    func copy(to buffer: UnsafeMutablePointer<CChar>, _ capacity: CInt) -> CInt {
        guard bytes.count <= Int(capacity) else { return -1 }
        UnsafeMutableRawBufferPointer(start: buffer, count: Int(capacity)).copyBytes(from: bytes)
        return CInt(bytes.count)
    }
}

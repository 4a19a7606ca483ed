import Glibc

/// Whole files of text.
enum TextFile {
    /// A whole file of up to 64 KiB; nil if it cannot be read.
    static func read(_ path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: 64 * 1024) { buffer, count in
            count = fread(buffer.baseAddress, 1, buffer.count, file)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// - Throws: ``BenchError/system(what:errno:)``
    static func write(_ text: String, to path: String) throws(BenchError) {
        guard let file = fopen(path, "we") else { throw .last(path) }
        let isWritten = fputs(text, file) >= 0
        guard fclose(file) == 0, isWritten else { throw .last(path) }
    }
}

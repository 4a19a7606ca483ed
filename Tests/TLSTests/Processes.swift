import Glibc
import Testing

/// Runs a shell command and returns what it prints.
func output(of command: String) throws -> String {
    let stream = try #require(popen(command, "r"), "popen: \(String(cString: strerror(errno)))")
    let text = read(stream)
    try #require(pclose(stream) == 0, "\(command) failed")
    return text
}

func contents(of path: String) throws -> String {
    let stream = try #require(fopen(path, "r"), "\(path): \(String(cString: strerror(errno)))")
    defer { fclose(stream) }
    return read(stream)
}

private func read(_ stream: UnsafeMutablePointer<FILE>) -> String {
    var bytes: [UInt8] = []
    while case let byte = getc(stream), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    return String(decoding: bytes, as: UTF8.self)
}

import Glibc
import Testing

/// A program at a terminal of its own, what it shows there, and the hands at its keyboard.
final class PseudoTerminal {
    private let process: ChildProcess
    private let master: Int32
    private var output: AsyncStream<[UInt8]>.AsyncIterator
    private var exit: AsyncStream<Int32>.AsyncIterator
    /// What was shown so far.
    private(set) var text = ""
    /// How much of it was waited for already.
    private var seen = 0

    init(_ path: String, _ arguments: [String], environment: [String]) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        // What grantpt(3) and its sisters do, which Swift's Glibc leaves out: unlock the other side, and ask for its number.
        var (locked, number) = (Int32(0), UInt32(0))
        let (unlock, ask) = (UInt(0x4004_5431), UInt(0x8004_5430))  // TIOCSPTLCK and TIOCGPTN
        try #require(
            master >= 0 && ioctl(master, unlock, &locked) == 0 && ioctl(master, ask, &number) == 0,
            "a terminal: \(String(cString: strerror(errno)))"
        )
        let terminal = "/dev/pts/\(number)"
        process = try ChildProcess(path, arguments, environment: environment, .terminal(terminal))
        exit = process.wait().makeAsyncIterator()
        let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        output = stream.makeAsyncIterator()
        onOwnThread { [master] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            // It fails when nobody has the other side any more.
            while case let count = read(master, &buffer, buffer.count), count > 0 {
                continuation.yield(Array(buffer[..<count]))
            }
            continuation.finish()
        }
    }

    deinit {
        process.send(SIGKILL)
        close(master)
    }

    /// Waits until something is shown that was not waited for before; or until there will be nothing more.
    /// - Returns: whether it was.
    func shows(_ wanted: String) async -> Bool {
        while true {
            let rest = text.utf8.dropFirst(seen)
            if let found = String(decoding: rest, as: UTF8.self).firstRange(of: wanted) {
                seen += String(decoding: rest, as: UTF8.self)[..<found.upperBound].utf8.count
                return true
            }
            guard let more = await output.next() else { return false }
            text += String(decoding: more, as: UTF8.self)
        }
    }

    /// Types a line.
    func type(_ line: String) throws { try type(keys: line + "\n") }

    /// Types these bytes, and no Enter.
    func type(keys: String) throws {
        let bytes = Array(keys.utf8)
        try #require(write(master, bytes, bytes.count) == bytes.count)
    }

    /// Whether keys come one by one, as the program that has the terminal wants them.
    var isRaw: Bool {
        var settings = termios()
        return tcgetattr(master, &settings) == 0 && settings.c_lflag & tcflag_t(ICANON) == 0
    }

    func send(_ signal: Int32) { process.send(signal) }

    /// Waits for the exit, and reads what is still shown.
    func finish() async -> Int32? {
        while let more = await output.next() { text += String(decoding: more, as: UTF8.self) }
        return await exit.next()
    }
}

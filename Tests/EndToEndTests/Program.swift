import Glibc
import Testing

/// A program that runs: a hand on its input, and its output line by line.
///
/// Every wait ends early when the test is cancelled, as it is when its time is up; ``Stage`` then kills the program.
final class Program {
    /// What becomes of what the program prints.
    enum Output {
        case lines
        /// Nobody reads it: the program blocks when the pipe is full.
        case stalled
        /// The reading end is closed before the program starts.
        case closed
    }

    let name: String
    private var output: AsyncStream<String>.AsyncIterator
    private var errors: AsyncStream<String>.AsyncIterator
    private var exit: AsyncStream<Int32>.AsyncIterator
    private let process: ChildProcess
    private var input: Int32?

    init(
        _ path: String,
        _ arguments: [String],
        environment: [String] = [],
        output kind: Output = .lines
    ) throws {
        name = path.split(separator: "/").last.map(String.init) ?? path
        let (input, output, errors) = (try PipeEnds(), try PipeEnds(), try PipeEnds())
        if kind == .closed { output.closeReading() }
        process = try ChildProcess(
            path,
            arguments,
            environment: environment,
            .pipes(input: input.reading, output: output.writing, errors: errors.writing)
        )
        input.closeReading()
        output.closeWriting()
        errors.closeWriting()
        self.input = input.writing
        self.output = (kind == .lines ? readLines(output.reading) : AsyncStream { $0.finish() }).makeAsyncIterator()
        self.errors = readLines(errors.reading).makeAsyncIterator()
        exit = process.wait().makeAsyncIterator()
    }

    deinit {
        process.send(SIGKILL)
        closeInput()
    }

    /// The next line on standard output; nil at its end.
    func line() async -> String? { await output.next() }

    /// The next line on standard error; nil at its end.
    func errorLine() async -> String? { await errors.next() }

    /// Reads standard output until a line satisfies `isWanted`.
    /// - Returns: the lines read, that one last; all lines there were if none did.
    func lines(until isWanted: (String) -> Bool) async -> [String] {
        var read: [String] = []
        while let line = await line() {
            read.append(line)
            if isWanted(line) { break }
        }
        return read
    }

    func write(_ text: String) throws {
        let input = try #require(input, "\(name) has no input any more")
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(input, $0.baseAddress, $0.count) }
            try #require(written > 0, "writing to \(name): \(String(cString: strerror(errno)))")
            bytes = bytes.dropFirst(written)
        }
    }

    func closeInput() {
        if let input { close(input) }
        input = nil
    }

    func send(_ signal: Int32) { process.send(signal) }

    /// Its number, good until it has ended.
    var id: Int32 { process.id }

    /// Waits for the exit.
    /// - Returns: its status, or minus the signal that ended the program; nil if the test was cancelled first.
    func status() async -> Int32? { await exit.next() }

    /// Waits for the exit, and reads all that is left of both outputs.
    func finish() async -> Finished {
        let output = await lines { _ in false }
        var errors: [String] = []
        while let line = await errorLine() { errors.append(line) }
        return Finished(status: await status(), output: output, errors: errors)
    }
}

/// What a program left behind.
struct Finished: Equatable {
    /// The exit status, or minus the signal that ended it; nil if it did not end in time.
    var status: Int32?
    var output: [String]
    var errors: [String]
}

/// The lines of a stream, read by a thread that nobody waits for; a last line without its end is one too.
private func readLines(_ descriptor: Int32) -> AsyncStream<String> {
    let (stream, continuation) = AsyncStream.makeStream(of: String.self)
    onOwnThread {
        var held: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
            for byte in buffer[..<count] {
                if byte == UInt8(ascii: "\n") {
                    continuation.yield(String(decoding: held, as: UTF8.self))
                    held.removeAll(keepingCapacity: true)
                } else {
                    held.append(byte)
                }
            }
        }
        if !held.isEmpty { continuation.yield(String(decoding: held, as: UTF8.self)) }
        continuation.finish()
        close(descriptor)
    }
    return stream
}

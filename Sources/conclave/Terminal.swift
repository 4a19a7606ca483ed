import ChatClient
import ChatCore
import ChatTerminal
import Dispatch
import Glibc

/// The person at the keyboard, who can be asked something.
enum Terminal {
    /// Whether there is one: not in a pipe, and not where errors go to a file.
    static var isThere: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// How often an answer may mean nothing.
    private static let mostQuestions = 5

    /// Asks about a server, at the terminal itself, wherever input and output go. Without an answer it is no.
    static func ask(_ question: TrustQuestion) async -> TrustAnswer {
        let today = CalendarDay(WallClock.now())
        let texts = Surroundings.texts
        let lines = texts.unknownServer(UnknownServer(question, on: today), english: question.lines(on: today))
        let prompt = texts.trustQuestion(english: TrustQuestion.prompt)
        // A read may block for ever, so it has a thread that Swift's own tasks do not wait for.
        return await withCheckedContinuation { continuation in
            DispatchQueue(label: "question").async {
                continuation.resume(returning: ask(lines, prompt, about: question.key))
            }
        }
    }

    private static func ask(_ lines: [String], _ prompt: String, about key: KeyFingerprint) -> TrustAnswer {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return .no }
        defer { close(terminal) }
        // What was typed before the question is no answer to it.
        tcflush(terminal, TCIFLUSH)
        write((lines + [""]).map { $0 + "\n" }.joined() + prompt, to: terminal)
        for _ in 0..<mostQuestions {
            guard let line = readLine(from: terminal) else { break }
            let answer = TrustAnswer(line, to: key)
            guard answer == .unclear else { return answer }
            write(prompt, to: terminal)
        }
        return .no
    }

    private static func write(_ text: String, to terminal: CInt) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(terminal, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func readLine(from terminal: CInt) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var count: Int
        repeat { count = read(terminal, &buffer, buffer.count) } while count < 0 && errno == EINTR
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}

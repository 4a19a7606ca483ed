import ChatTerminal
import Dispatch
import Glibc

/// A chat with nobody, for `scripts/terminal-checks`: reads lines, prints them, and prints numbered messages all the time.
///
/// usage: terminal-demo [--rate PER-SECOND] [--long] [--dump FILE] [--sent FILE] [--color auto|always|never]
///
/// On SIGUSR1 it writes the cursor and the text into the file of `--dump`; what is sent goes to that of `--sent`. Lines
/// that begin with `/` do something that a server or a fault would do.
@main struct TerminalDemo {
    var rate: Double?
    var isLong = false
    var dump: String?
    var sent: String?
    var color = ColorDepth.Wish.auto

    static func main() async {
        var demo = TerminalDemo()
        var arguments = CommandLine.arguments.dropFirst()
        while let flag = arguments.popFirst() {
            switch flag {
            case "--rate": demo.rate = arguments.popFirst().flatMap { Double($0) }
            case "--long": demo.isLong = true
            case "--dump": demo.dump = arguments.popFirst()
            case "--sent": demo.sent = arguments.popFirst()
            case "--color": demo.color = arguments.popFirst().flatMap { ColorDepth.Wish(rawValue: $0) } ?? .auto
            default:
                put("terminal-demo: unknown argument '\(flag)'", to: STDERR_FILENO)
                exit(64)
            }
        }
        exit(await demo.run())
    }

    static var environment: [String: String] {
        var found: [String: String] = [:]
        for name in ["TERM", "COLORTERM", "NO_COLOR", "STY", "TMUX", "VTE_VERSION", "TERM_PROGRAM"] {
            if let value = getenv(name) { found[name] = String(cString: value) }
        }
        return found
    }

    func run() async -> Int32 {
        guard TerminalSession.isPossible(environment: Self.environment) else { return plain() }
        var configuration = TerminalSession.Configuration(environment: Self.environment, color: color)
        configuration.prompt = StyledText("[", .dim) + StyledText("alice", Style(.cyan)) + StyledText("]", .dim) + " > "
        do {
            let session = try TerminalSession(configuration)
            let usr1 = watchDump(session)
            let messages = Task { await sayMessages(session) }
            let status = await serve(session)
            messages.cancel()
            usr1.cancel()
            return status
        } catch {
            Self.put("terminal-demo: \(error)", to: STDERR_FILENO)
            return 69
        }
    }

    private func serve(_ session: TerminalSession) async -> Int32 {
        for await event in session.events {
            switch event {
            case .submitted(let text): await submit(text, session)
            case .completionWanted(let request):
                let found = Self.names.filter { $0.hasPrefix(request.word) }
                session.complete(
                    request,
                    with: found.map { Completion($0, appendix: request.isFirst ? ": " : " ") }
                )
            case .room(let room): await session.print([StyledText("room \(room)")])
            case .interrupted, .ended: Task { await session.close() }
            case .resized(let size):
                guard getenv("DEMO_SIZES") != nil else { break }
                await session.print([StyledText("now \(size.columns)x\(size.rows)")])
            case .active, .focus, .resumed: break
            case .closed(.signal(let signal)): return 128 + signal
            case .closed: return 0
            }
        }
        return 0
    }

    private static let names = ["carol", "alice", "alina", "小明"]

    private func submit(_ text: String, _ session: TerminalSession) async {
        if let sent { append(text, to: sent) }
        switch text {
        case "/trap":
            let none: [Int] = []
            await session.print(["\(none[Self.names.count])"])
        case "/evil": await session.print(["evil \u{1B}[2J\u{1B}]0;title\u{7}\u{9B}1;1H\u{202E}end"])
        case "/ask":
            let answer = await session.ask("send 37 lines? [y/n/e] ", keys: ["y", "n", "e"])
            await session.print([StyledText("answer \(answer.map(String.init) ?? "none")")])
        case let many where many.hasPrefix("/say "):
            for number in 1...max(Int(many.dropFirst(5)) ?? 1, 1) {
                await session.print([StyledText("said \(number).")])
            }
        default:
            await session.print(
                text.split(separator: "\n").map { StyledText("alice: ", .bold) + StyledText(String($0)) }
            )
        }
    }

    private func sayMessages(_ session: TerminalSession) async {
        guard let rate else { return }
        let clock = ContinuousClock()
        let began = clock.now
        var number = 0
        while !Task.isCancelled {
            // In bunches if there are many, as they come from a network.
            try? await clock.sleep(until: began + .seconds(max(1 / rate, 0.005)) + .seconds(Double(number) / rate))
            let due = Int((clock.now - began) / .seconds(1 / rate))
            guard due > number else { continue }
            let rest = isLong ? String(repeating: " and on", count: 12) : ""
            await session.print(
                (number + 1...due).map { StyledText("bob", Style(.green)) + StyledText(": message <\($0)>\(rest)") }
            )
            number = due
        }
    }

    /// What comes and goes without a terminal.
    private func plain() -> Int32 {
        if rate != nil { for number in 1...5 { Self.put("bob: message <\(number)>") } }
        while let line = readLine() { Self.put("alice: \(line)") }
        return 0
    }

    private func watchDump(_ session: TerminalSession) -> any DispatchSourceSignal {
        signal(SIGUSR1, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGUSR1, queue: .global())
        source.setEventHandler { [dump] in
            guard let dump, let file = fopen(dump + ".new", "w") else { return }
            let line = session.line
            fputs("\(line.cursor)\n\(line.text)", file)
            fclose(file)
            rename(dump + ".new", dump)
        }
        source.activate()
        return source
    }

    private static func put(_ line: String, to descriptor: Int32 = STDOUT_FILENO) {
        var line = line + "\n"
        line.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
    }

    private func append(_ text: String, to path: String) {
        guard let file = fopen(path, "a") else { return }
        let bytes = Array(text.utf8) + [0]
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}

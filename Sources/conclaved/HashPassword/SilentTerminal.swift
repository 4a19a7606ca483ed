import Glibc

/// The terminal at standard input, with nothing shown of what is typed.
///
/// Whatever ends the program or stops it, the terminal first gets back what it was. Signals are waited for by a thread
/// instead of being handled: a handler may do next to nothing, and a thread all that it likes.
enum SilentTerminal {
    /// Runs `body` with echo off. What was typed before that is thrown away, for it has been seen.
    static func run<Result>(_ body: () throws -> Result) throws -> Result {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { throw failure() }
        var silent = shown
        silent.c_lflag &= ~tcflag_t(ECHO)
        silent.c_lflag |= tcflag_t(ECHONL)  // the end of the line is no secret

        var signals = signalsOfInterest
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        try startWaiting(Modes(shown: shown, silent: silent))
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { throw failure() }
        defer {
            tcsetattr(STDIN_FILENO, TCSADRAIN, &shown)
            pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        }
        return try body()
    }

    private final class Modes {
        let shown: termios
        let silent: termios

        init(shown: termios, silent: termios) {
            self.shown = shown
            self.silent = silent
        }

        /// What was typed and not yet read is thrown away: it is half a password, and the shell would get it.
        func set(_ mode: termios) {
            var mode = mode
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &mode)
        }
    }

    /// Starts a thread that lives as long as the process, which has the signals blocked as its parent has.
    private static func startWaiting(_ modes: Modes) throws {
        var thread = pthread_t()
        let result = pthread_create(
            &thread,
            nil,
            { modes in
                guard let modes else { return nil }
                SilentTerminal.wait(Unmanaged<Modes>.fromOpaque(modes).takeRetainedValue())
                return nil
            },
            Unmanaged.passRetained(modes).toOpaque()
        )
        guard result == 0 else { throw NewPassword.Problem.system("cannot start a thread", result) }
    }

    private static func wait(_ modes: Modes) {
        var signals = signalsOfInterest
        while true {
            var number: Int32 = 0
            guard sigwait(&signals, &number) == 0 else { return }
            switch number {
            case SIGCONT:
                modes.set(modes.silent)
            case SIGTSTP:
                modes.set(modes.shown)
                kill(getpid(), SIGSTOP)
            default:
                modes.set(modes.shown)
                _ = write(STDERR_FILENO, "\n", 1)
                signal(number, SIG_DFL)
                pthread_sigmask(SIG_UNBLOCK, &signals, nil)
                raise(number)
            }
        }
    }

    private static var signalsOfInterest: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT] { sigaddset(&signals, number) }
        return signals
    }

    private static func failure() -> NewPassword.Problem { .system("cannot keep the terminal silent", errno) }
}

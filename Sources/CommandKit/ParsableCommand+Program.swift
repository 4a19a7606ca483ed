public import ArgumentParser
public import Glibc

/// How every program of this package begins and ends.
extension ParsableCommand {
    /// Parses the command line, runs the command that it names, and exits: with 0 if all went well, with `EX_USAGE`
    /// for a wrong call, else with what `status` makes of the error. What is wrong is told in one line; `--help` and `--version` are
    /// answered on standard output.
    /// - Parameters:
    ///   - advice: what an error of the command's own means, and what to do about it.
    ///   - status: the exit status for it.
    public static func runProgram(
        advice: @escaping @Sendable (any Error) -> String,
        status: @escaping @Sendable (any Error) -> Int32 = { _ in EXIT_FAILURE }
    ) -> Never {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)  // a file that may not grow is an error like a full disk, and no reason to die
        // Whoever starts us may have blocked signals in the thread that did, and that is inherited.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        StandardDescriptors.reserve()
        do {
            var command = try parseAsRoot()
            guard let command = command as? any AsyncParsableCommand else {
                try command.run()
                Glibc.exit(EXIT_SUCCESS)
            }
            start(command, advice, status)
        } catch {
            Glibc.exit(tell(error, advice, status))
        }
        // An `async` main would end this thread and leave the process without its first one, which debuggers and valgrind
        // do not expect. So it stays, takes the signals, and does nothing else.
        while true { pause() }
    }

    private static func start(
        _ command: sending any AsyncParsableCommand,
        _ advice: @escaping @Sendable (any Error) -> String,
        _ status: @escaping @Sendable (any Error) -> Int32
    ) {
        Task.detached {
            do {
                var command = command
                try await command.run()
                Glibc.exit(EXIT_SUCCESS)
            } catch {
                Glibc.exit(tell(error, advice, status))
            }
        }
    }

    /// Says one line on standard error, with the program's name in front.
    public static func complain(_ message: String) {
        let line = Array("\(programName): \(message)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)  // there is nowhere to complain if this fails
    }

    private static func tell(
        _ error: any Error,
        _ advice: (any Error) -> String,
        _ status: (any Error) -> Int32
    ) -> Int32 {
        let code = exitCode(for: error)
        if code.isSuccess {
            print(fullMessage(for: error))
            return EXIT_SUCCESS
        }
        if code == .validationFailure {
            let message = message(for: error).split(separator: "\n").joined(separator: " ")
            complain("\(message); see '\(programName) --help'")
            return EX_USAGE
        }
        // The command has said itself what there is to say.
        if error is ExitCode { return code.rawValue }
        complain(advice(error))
        return status(error)
    }

    private static var programName: String { configuration.commandName ?? "\(self)" }
}

import ArgumentParser
import ChatClient
import ChatCore

/// `conclave send`: says one thing, once.
struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Say one thing to a room, and exit when the server has taken it.",
        discussion: "If the connection is lost on the way it is made again, and the message still said once."
    )

    @OptionGroup var options: ServerOptions

    @Option(help: ArgumentHelp("How long to try, in seconds.", valueName: "seconds"))
    var timeout = 30

    @Argument(help: ArgumentHelp("What to say; several are joined by spaces.", valueName: "text"))
    var text: [String]

    func validate() throws {
        guard (1...86_400).contains(timeout) else { throw ValidationError("--timeout takes 1 to 86400 seconds") }
        guard CleanText(text.joined()).string.contains(where: { $0 != " " }) else {
            throw ValidationError("there is nothing to say")
        }
    }

    func run() async throws {
        let text = text.joined(separator: " ")
        let (options, timeout) = (try await options.settled(), timeout)
        // Whoever is asked about the server may take the time that it takes.
        let client = Terminal.isThere ? try await options.connect() : nil
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await Self.say(text, options, client) }
            tasks.addTask {
                try await Task.sleep(for: .seconds(timeout))
                throw NotTaken(seconds: timeout)
            }
            defer { tasks.cancelAll() }
            try await tasks.next()
        }
    }

    /// - Parameter client: one that is connected already.
    private static func say(_ text: String, _ options: ServerOptions, _ client: ChatClient?) async throws {
        let client = if let client { client } else { try await options.connect() }
        // Answers come behind events, which nobody here wants to see.
        let reader = Task { for await _ in client.events {} }
        defer { reader.cancel() }
        try await client.enter(options.room, as: options.nick)
        try await client.say(text, in: options.room)
        await client.close()
    }

    /// Nobody knows whether it was said.
    struct NotTaken: Error, CustomStringConvertible {
        let seconds: Int

        var description: String {
            "the server has not acknowledged the message within \(seconds) s; look whether it was said, and try again "
                + "if not"
        }
    }
}

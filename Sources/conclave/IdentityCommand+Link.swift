import ArgumentParser
import ChatClient
import ChatCore

extension IdentityCommand {
    /// `conclave identity link`: several devices, each with a key of its own, under one name.
    struct LinkDevice: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "link",
            abstract: "Let another device of yours be you on a server, with a key of its own.",
            discussion: """
                Say it without CODE on the device that has your name: it prints a code that is good once and for a short \
                time. Say it with CODE on the other.
                """
        )

        @Argument(help: ArgumentHelp("What the first device has printed.", valueName: "code"), transform: code(of:))
        var code: LinkCode?

        @OptionGroup var options: ServerOptions

        func validate() throws {
            guard !options.identity.guest else { throw ValidationError("a guest has no key to link") }
        }

        func run() async throws {
            let client = try await options.connect()
            // Answers come behind events, which nobody here wants to see.
            let reader = Task { for await _ in client.events {} }
            defer { reader.cancel() }
            let lines = if let code { try await Self.use(code, client) } else { try await Self.make(client) }
            await client.close()
            try await StandardOutput().write(lines.map { CleanText($0) })
        }

        private static func make(_ client: ChatClient) async throws -> [String] {
            let (code, seconds) = try await client.linkCode()
            let server = HostPort(client.endpoint)
            return [
                code.text,
                "on the other device, once, within \(seconds) s: conclave identity link \(code.text) --server \(server)",
            ]
        }

        private static func use(_ code: LinkCode, _ client: ChatClient) async throws -> [String] {
            let names = try await client.link(code).map { "`\($0)`" }.joined(separator: ", ")
            return ["the key of this device is one of the account's now; its names: \(names)"]
        }

        private static func code(of text: String) throws -> LinkCode {
            guard let code = LinkCode(text) else {
                throw ValidationError("'\(text)' is no code, which is eight letters and digits")
            }
            return code
        }
    }
}

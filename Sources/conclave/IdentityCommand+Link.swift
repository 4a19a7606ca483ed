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

        @Argument(help: ArgumentHelp("What the first device has printed.", valueName: "code"))
        var code: String?

        @OptionGroup var options: ServerOptions

        func validate() throws {
            guard !options.identity.guest else { throw ValidationError("a guest has no key to link") }
        }
    }
}

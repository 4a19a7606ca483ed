import ArgumentParser
import ChatClient
import ChatCore
import CommandKit
import TLS

/// `conclave identity`: one's own key.
struct IdentityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identity",
        abstract: "Show and make your own key, which names can belong to.",
        discussion: """
            It is in ~/.config/conclave/identity.pem, and is made the first time that you go to a server. Whoever has the \
            file is you.
            """,
        subcommands: [Show.self, New.self, Export.self, LinkDevice.self],
        defaultSubcommand: Show.self
    )

    static func standardPath() throws -> String {
        guard let directory = ConfigDirectory.standard else { throw TrustCommand.NoHome() }
        return directory.identityPath
    }

    static func lines(_ key: ClientKey) -> [CleanText] {
        let day = CalendarDay(seconds: key.certificate.notBefore + 86_400)
        return [CleanText("\(key.fingerprint)"), CleanText("made \(day), in \(key.path)")]
    }

    enum KeyType: String, ExpressibleByArgument {
        case p256, ed25519

        var kind: ClientKeyFile.Kind { self == .p256 ? .p256 : .ed25519 }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the fingerprint of your key.")

        @Option(help: ArgumentHelp("Of this file.", valueName: "file"))
        var identity: String?

        func run() async throws {
            let key = try await IdentityOptions.read(identity ?? IdentityCommand.standardPath())
            try await StandardOutput().write(IdentityCommand.lines(key))
        }
    }

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a new key.",
            discussion: "What belongs to the key of before cannot be had again without it: see 'identity export'."
        )

        @Option(help: ArgumentHelp("p256 or ed25519.", valueName: "type"))
        var type = KeyType.p256

        @Flag(help: "Give up the key that there is.")
        var force = false

        @Option(help: ArgumentHelp("In this file.", valueName: "file"))
        var identity: String?

        func run() async throws {
            let path = try identity ?? IdentityCommand.standardPath()
            if !force, try await ClientKeyFile(path).text() != nil {
                throw ClientError.identity(
                    path: path,
                    "there is one in \(path) already; keep a copy with 'conclave identity export', then say --force"
                )
            }
            let key = try await ClientKeyFile(path).make(type.kind, on: WallClock.now(), replaces: force)
            try await StandardOutput().write(IdentityCommand.lines(key))
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print your key and certificate in PEM form, or write them to a file that nobody else can read.",
            discussion: "For another machine of yours, or for openssl s_client -cert FILE -key FILE."
        )

        @Argument(help: ArgumentHelp("A file that is not there yet.", valueName: "file"))
        var file: String?

        func run() async throws {
            let path = try IdentityCommand.standardPath()
            let key = try await IdentityOptions.read(path)
            guard let file else {
                return try await StandardOutput().write(try await ClientKeyFile(path).text() ?? [])
            }
            try await ClientKeyFile(path).copy(to: file)
            Conclave.complain("whoever has \(file) is you (\(key.fingerprint))")
        }
    }
}

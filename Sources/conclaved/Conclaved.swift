import ArgumentParser
import ChatCore
import ChatServer
import CommandKit
import Glibc
import Logging
import ServiceLifecycle
import TLS
import UnixSignals

/// The chat server's command line.
@main
struct Conclaved: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conclaved",
        abstract: "A chat room behind TLS.",
        usage: """
            conclaved --cert <file> --key <file> [<options>]
            conclaved link --cert <file> [--room <room>] [--qr]
            conclaved hash-password
            conclaved new-key <file>
            conclaved export | import | check [--data <directory>]
            conclaved backup <directory> <to>
            """,
        discussion: """
            People enter with the client `conclave`, or with `openssl s_client -quiet -connect HOST:2022`. Ready, it \
            prints a line for each address it listens on; logs go to standard error. SIGTERM and SIGINT end it properly; \
            SIGHUP reads the certificates again, as happens by itself when their files change.
            """,
        version: "conclaved \(conclaveVersion) with \(OpenSSL.version)",
        subcommands: [
            LinkCommand.self, HashPassword.self, NewKey.self, Export.self, Import.self, Check.self, Backup.self,
        ]
    )

    @Option(
        help: ArgumentHelp(
            "Where to listen; port 0 picks one. More than once if need be. Without it, only this machine can enter: "
                + "127.0.0.1:2022 and, where there is IPv6, [::1]:2022.",
            valueName: "host:port"
        ),
        transform: address(of:)
    )
    var listen: [ListenAddress] = []

    @Option(
        name: .customLong("operator"),
        help: ArgumentHelp(
            "Who keeps order: a key as sha256:HEX, more than once if need be; or a file with a line NAME HASH for each, with "
                + "the hash from 'conclaved hash-password', or NAME sha256:HEX; nobody else should read it.",
            valueName: "key|file"
        )
    )
    var operators: [String] = []

    @Option(
        name: .customLong("filter"),
        help: ArgumentHelp(
            "Words that are shown as **, one to a line; read again when it changes.",
            valueName: "file"
        )
    )
    var filterFile: String?

    @Option(help: ArgumentHelp("How many threads serve connections.", valueName: "n"))
    var threads = ServerConfiguration.defaultThreads

    @OptionGroup(title: "Certificates")
    var certificates: CertificateOptions

    @OptionGroup(title: "Links and keys")
    var reach: ReachOptions

    @OptionGroup(title: "History")
    var history: HistoryOptions

    @OptionGroup(title: "Rooms")
    var rooms: RoomOptions

    @Option(
        help: ArgumentHelp("The least grave that is logged, of \(levels). (default: info)", valueName: "level"),
        transform: level(of:)
    )
    var logLevel = Logger.Level.info

    @OptionGroup(title: "Limits; 0 means none")
    var limits: LimitOptions

    func validate() throws {
        guard (1...1024).contains(threads) else { throw ValidationError("--threads takes a number from 1 to 1024") }
    }

    func run() async throws {
        try certificates.check()
        var logger = Logger(label: "conclaved", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = logLevel
        // From here on, for until then it would kill us.
        let hangUps = await UnixSignalsSequence(trapping: .sighup)

        var configuration = ServerConfiguration(
            listen: listen.isEmpty ? ListenAddress.loopback : listen,
            certificates: try certificates.read(at: System.now),
            threads: threads
        )
        configuration.membersOnly = certificates.membersOnly
        configuration.namesAreCertified = certificates.clientCA != nil
        rooms.apply(to: &configuration.limits)
        configuration.operators = try readOperators()
        configuration.filter = try filterFile.map(WordFilterFile.init(reading:))
        let files = FileLimit.raise()
        let places = LimitOptions.places(files: files, threads: threads)
        limits.apply(to: &configuration.limits, places: places)
        if places > 0, configuration.limits.connections > places {
            Self.complain("warning: there are files for \(places) connections only; raise the limit with ulimit -n")
        }
        try history.apply(to: &configuration)
        try reach.apply(to: &configuration, passphraseFile: certificates.keyPassphraseFile)
        let server = try await Server.start(configuration, logger: logger) { [configuration] server in
            for address in server.addresses { print("conclaved: listening on \(address)") }
            for line in configuration.introduction(listening: server.addresses) { print("conclaved: \(line)") }
            fflush(nil)
        }
        logger.info(
            "listening",
            metadata: ["libssl": "\(OpenSSL.version)", "threads": "\(threads)", "files": "\(files)"]
        )
        var quiet = logger
        quiet.logLevel = .error
        let group = ServiceGroup(
            services: [server, Renewal(server, at: hangUps)],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet
        )
        try await group.run()
    }

    private func readOperators() throws -> Operators {
        var all = Operators()
        for text in operators {
            if let key = KeyFingerprint(text) {
                all.add(key)
                continue
            }
            guard !text.lowercased().hasPrefix("sha256:") else {
                throw ValidationError("'\(text)' is no key: that is sha256: and 64 hexadecimal digits")
            }
            let file = try OperatorFile(reading: text)
            if let warning = file.warning { Self.complain("warning: \(warning)") }
            all.merge(file.operators)
        }
        return all
    }

    static func main() { runProgram(advice: Complaint.advice(on:)) }

    private static let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")

    private static func address(of text: String) throws -> ListenAddress {
        guard let address = ListenAddress(text) else {
            throw ValidationError("'\(text)' is not HOST:PORT; an IPv6 address stands in brackets, as in [::1]:2022")
        }
        return address
    }

    private static func level(of text: String) throws -> Logger.Level {
        guard let level = Logger.Level(rawValue: text) else {
            throw ValidationError("'\(text)' is not a log level; there are \(levels)")
        }
        return level
    }
}

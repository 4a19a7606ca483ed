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
            conclaved hash-password
            conclaved export | import | check [--data <directory>]
            conclaved backup <directory> <to>
            """,
        discussion: """
            People enter with the client `conclave`, or with `openssl s_client -quiet -connect HOST:2022`. Ready, it \
            prints a line for each address it listens on; logs go to standard error. SIGTERM and SIGINT end it properly.
            """,
        version: "conclaved \(conclaveVersion) with \(OpenSSL.version)",
        subcommands: [HashPassword.self, Export.self, Import.self, Check.self, Backup.self]
    )

    @Option(
        help: ArgumentHelp("The certificate, with its chain behind it, as PEM. Once for each --key.", valueName: "file")
    )
    var cert: [String] = []

    @Option(
        help: ArgumentHelp("The private key of the certificate, as PEM; nobody else should read it.", valueName: "file")
    )
    var key: [String] = []

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
            "Who keeps order: a line NAME HASH for each, with the hash from 'conclaved hash-password'; nobody else should "
                + "read it.",
            valueName: "file"
        )
    )
    var operatorFile: String?

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

    /// Not a part of `validate`, which the subcommands are asked to pass as well.
    private func checkPairs() throws {
        guard !cert.isEmpty || !key.isEmpty else {
            throw ValidationError(
                "give a certificate and its key with --cert and --key; scripts/make-certs makes a pair"
            )
        }
        guard cert.count == key.count else {
            throw ValidationError("each --cert needs its --key: there are \(cert.count) and \(key.count) of them")
        }
    }

    func run() async throws {
        try checkPairs()
        var logger = Logger(label: "conclaved", factory: StreamLogHandler.standardError(label:))
        logger.logLevel = logLevel
        let identities = zip(cert, key).map { TLSIdentity(certificateFile: $0, keyFile: $1) }
        var tls = TLSConfiguration(role: .server(identities))
        tls.applicationProtocols = ServerConfiguration.applicationProtocols
        let context = try TLSContext(tls)
        try Credentials.check(identities, of: context, at: System.now)

        let addresses = listen.isEmpty ? ListenAddress.loopback : listen
        var configuration = ServerConfiguration(listen: addresses, tls: context, threads: threads)
        rooms.apply(to: &configuration.limits)
        if let operatorFile {
            let file = try OperatorFile(reading: operatorFile)
            if let warning = file.warning { Self.complain("warning: \(warning)") }
            configuration.operators = file.operators
        }
        configuration.filter = try filterFile.map(WordFilterFile.init(reading:))
        let files = FileLimit.raise()
        let places = LimitOptions.places(files: files, threads: threads)
        limits.apply(to: &configuration.limits, places: places)
        if places > 0, configuration.limits.connections > places {
            Self.complain("warning: there are files for \(places) connections only; raise the limit with ulimit -n")
        }
        try history.apply(to: &configuration)
        let server = try await Server.start(configuration, logger: logger) { server in
            for address in server.addresses { print("conclaved: listening on \(address)") }
            fflush(nil)
        }
        logger.info(
            "listening",
            metadata: ["libssl": "\(OpenSSL.version)", "threads": "\(threads)", "files": "\(files)"]
        )
        var quiet = logger
        quiet.logLevel = .error
        let group = ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        try await group.run()
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

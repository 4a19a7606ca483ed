import Glibc
import TLS
import TestKit

/// Where the programs of one test run. They are killed when it ends, however it ends.
final class Stage {
    private var programs: [Program] = []
    private var terminals: [PseudoTerminal] = []

    static func run(_ body: (Stage) async throws -> Void) async throws {
        let stage = Stage()
        defer {
            for program in stage.programs { program.send(SIGKILL) }
            for terminal in stage.terminals { terminal.send(SIGKILL) }
        }
        try await body(stage)
    }

    /// Starts a program by its path, or by its name if it is in PATH.
    func start(
        _ path: String,
        _ arguments: [String],
        environment: [String] = [],
        output: Program.Output = .lines
    ) throws -> Program {
        let program = try Program(path, arguments, environment: environment, output: output)
        programs.append(program)
        return program
    }

    /// - Parameter home: where it finds its history if it is not told otherwise; nil: it has none, and a place of its own.
    func conclaved(_ arguments: [String], home: TemporaryDirectory? = nil) throws -> Program {
        let home = try home ?? TemporaryDirectory()
        return try start(Self.executable("conclaved"), arguments, environment: ["XDG_STATE_HOME=\(home.path)"])
    }

    /// - Parameter home: where it finds whom to believe and who it is; nil: it knows nobody, and is a guest.
    func conclave(
        _ arguments: [String],
        home: TemporaryDirectory? = nil,
        output: Program.Output = .lines
    ) throws -> Program {
        let environment = ["XDG_CONFIG_HOME=\(try (home ?? TemporaryDirectory()).path)"]
        let arguments = arguments + (home == nil ? ["--guest"] : [])
        return try start(Self.executable("conclave"), arguments, environment: environment, output: output)
    }

    /// The same at a terminal, with somebody in front of it.
    func conclaveAtTerminal(
        _ arguments: [String],
        home: TemporaryDirectory,
        _ environment: [String] = []
    ) throws -> PseudoTerminal {
        let environment = environment + ["XDG_CONFIG_HOME=\(home.path)"]
        let terminal = try PseudoTerminal(Self.executable("conclave"), arguments, environment: environment)
        terminals.append(terminal)
        return terminal
    }

    func bot(_ arguments: [String]) throws -> Program {
        try start(Self.executable("dice-bot"), arguments)
    }

    func bench(_ arguments: [String]) throws -> Program {
        try start(Self.executable("conclave-bench"), arguments)
    }

    /// A client of a server on this machine that trusts its authority.
    /// - Parameter arguments: besides; by default it speaks the text protocol.
    func conclave(
        _ arguments: [String] = ["--text"],
        in server: RunningServer,
        home: TemporaryDirectory? = nil,
        output: Program.Output = .lines
    ) throws -> Program {
        let arguments = try arguments + ["--ca", Fixtures.shared.caFile, "localhost:\(server.port)"]
        return try conclave(arguments, home: home, output: output)
    }

    /// OpenSSL's client, connected to this machine.
    func sClient(
        _ options: [String] = ["-quiet"],
        in server: RunningServer,
        output: Program.Output = .lines
    ) throws -> Program {
        let common = ["s_client", "-connect", "localhost:\(server.port)", "-verify_return_error"]
        return try start("openssl", common + ["-CAfile", Fixtures.shared.caFile] + options, output: output)
    }

    /// The products are built beside the test bundle.
    static func executable(_ name: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let directories = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        return directories.joined(separator: "/") + "/" + name
    }
}

/// The certificates that all tests share, with keys that nobody else can read.
struct Fixtures {
    static var shared: Fixtures {
        get throws { try made.get() }
    }

    private static let made = Result { Fixtures(certificates: try keysOfOurOwn()) }

    let certificates: CertificateFixtures

    var directory: TemporaryDirectory { certificates.directory }
    var caFile: String { directory.path("ca.pem") }
    var strangerCAFile: String { directory.path("stranger-ca.pem") }

    private static func keysOfOurOwn() throws -> CertificateFixtures {
        let certificates = try CertificateFixtures.shared
        let identities = [
            certificates.server, certificates.serverRSA, certificates.chained, certificates.stranger,
            certificates.expired, certificates.notYetValid, certificates.wrongHost, certificates.selfSigned,
            certificates.encryptedKey, certificates.weakRSA,
        ]
        for identity in identities { chmod(identity.keyFile, 0o600) }
        return certificates
    }
}

extension TLSIdentity {
    /// For the command line of `conclaved`.
    var arguments: [String] { ["--cert", certificateFile, "--key", keyFile] }
}

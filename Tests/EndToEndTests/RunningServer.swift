import Glibc
import TLS
import TestKit
import Testing

/// `conclaved`, ready, on ports that the system picked.
struct RunningServer {
    let program: Program
    /// Where it says it listens.
    let addresses: [String]
    let port: Int
    /// The fingerprints of its keys, and the link to it, as it says them.
    let keys: [String]
    let link: String

    init(_ program: Program, listeners: Int = 1) async throws {
        self.program = program
        var addresses: [String] = []
        for _ in 0..<listeners {
            let line = try #require(await program.line(), "conclaved did not get ready")
            let start = "conclaved: listening on "
            try #require(line.hasPrefix(start), "a ready line: \(line)")
            addresses.append(String(line.dropFirst(start.count)))
        }
        let introduction = await program.lines { $0.hasPrefix("conclaved: join with: ") }
        keys = introduction.dropLast().map { String($0.trimmingPrefix("conclaved: key ")) }
        let quoted = try #require(introduction.last?.split(separator: "'").last, "conclaved did not say how to join")
        link = String(quoted)
        self.addresses = addresses
        port = try #require(addresses.first?.split(separator: ":").last.flatMap { Int($0) })
    }

    /// Tells it to stop, and reads what it has said.
    func stop() async -> Finished {
        program.send(SIGTERM)
        return await program.finish()
    }
}

extension Stage {
    /// Starts `conclaved` on 127.0.0.1 with a good certificate.
    func server(_ more: [String] = [], home: TemporaryDirectory? = nil) async throws -> RunningServer {
        try await server(for: Fixtures.shared.certificates.server, more, home: home)
    }

    func server(
        for identity: TLSIdentity,
        _ more: [String] = [],
        home: TemporaryDirectory? = nil
    ) async throws -> RunningServer {
        let arguments = identity.arguments + ["--listen", "127.0.0.1:0", "--message-rate", "0"] + more
        return try await RunningServer(conclaved(arguments, home: home))
    }
}

extension Program {
    /// Reads all that a newcomer is told, up to how much the room keeps.
    /// - Returns: the welcome.
    func enter() async throws -> String {
        let welcome = try #require(await line(), "\(name) was not let in")
        let hint = try #require(await line())
        try #require(hint.hasPrefix("* /help says what there is"), "the hint: \(hint)")
        while !(try #require(await line())).hasPrefix("* this room keeps ") {}
        return welcome
    }
}

import ArgumentParser
import ChatClient
import ChatCore
import TLS

extension TrustCommand {
    /// `conclave trust add`: keeps a key that one was told, or the one that the server shows.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a key of a server, beside those that are kept.",
            discussion: """
                Without a key the server is asked for the one that it has. If an authority vouches for it, that one is \
                kept; if none does, you are shown it and asked.
                """
        )

        @Argument(help: ArgumentHelp("The server.", valueName: "host[:port]"), transform: Place.init(_:))
        var server: Place

        @Argument(help: ArgumentHelp("Its key.", valueName: "sha256:hex"), transform: Reading.pin(of:))
        var key: KeyFingerprint?

        @Option(help: ArgumentHelp("Trust the authorities in this PEM file, and no others.", valueName: "file"))
        var ca: String?

        func validate() throws { try TrustOptions.check(server.endpoint.host) }

        func run() async throws {
            let (file, host) = (try TrustCommand.file(), HostPort(server.endpoint))
            var keys = key.map { [$0] } ?? server.pins
            if keys.isEmpty { keys = [try await shown()] }
            let day = CalendarDay(WallClock.now())
            let known = try await file.update { [keys] hosts in
                for key in keys { try hosts.add(key, for: host, on: day) }
                return hosts[host]
            }
            if let known { try await StandardOutput().write([CleanText("\(known)")]) }
        }

        /// The key that the server shows, if an authority or our user vouches for it.
        private func shown() async throws -> KeyFingerprint {
            let trust = TrustPolicy(authority: ca.map { .authorities(file: $0) } ?? .system)
            switch try await trust.look(at: server.endpoint) {
            case .vouchedFor(let key): return key
            case .question(let question, orElse: let error):
                guard Terminal.isThere else { throw error }
                switch await Terminal.ask(question) {
                case .yes: return question.key
                case .otherKey: throw ClientError.otherFingerprint(server.endpoint)
                case .no, .unclear: throw ClientError.notBelieved(server.endpoint)
                }
            }
        }
    }
}

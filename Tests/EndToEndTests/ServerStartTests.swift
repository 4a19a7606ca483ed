import Glibc
import TLS
import TestKit
import Testing

/// `conclaved` as it starts: where it listens, and what it warns of.
@Suite(.timeLimit(.minutes(5))) struct ServerStartTests {
    @Test func portZeroPicksOneForEachListener() async throws {
        try await Stage.run { stage in
            let hosts = ["127.0.0.1"] + (hasIPv6 ? ["[::1]"] : []) + ["127.0.0.1"]
            let identity = try Fixtures.shared.certificates.server
            let program = try stage.conclaved(identity.arguments + hosts.flatMap { ["--listen", "\($0):0"] })
            let server = try await RunningServer(program, listeners: hosts.count)
            #expect(Set(server.addresses).count == hosts.count)
            for (host, address) in zip(hosts, server.addresses) {
                #expect(address.hasPrefix("\(host):"))
                #expect(!address.hasSuffix(":0"))
                let name = ["--server-name", "localhost"]
                let client = try stage.conclave(["--text", "--ca", Fixtures.shared.caFile, address] + name)
                #expect(try await client.enter().hasPrefix("Welcome, \(host):"))
            }
        }
    }

    @Test func withoutListenersItIsForThisMachineOnPort2022() async throws {
        try await Stage.run { stage in
            let program = try stage.conclaved(Fixtures.shared.certificates.server.arguments + ["--log-level", "error"])
            let addresses = ["127.0.0.1:2022"] + (hasIPv6 ? ["[::1]:2022"] : [])
            guard let ready = await program.line() else {
                // Somebody else's room is there.
                let error = await program.errorLine()
                #expect(error?.hasPrefix("conclaved: ") == true && error?.contains(":2022 is in use;") == true)
                return
            }
            let rest = hasIPv6 ? [await program.line()] : []
            #expect([ready] + rest == addresses.map { "conclaved: listening on \($0)" })
            program.send(SIGTERM)
            let finished = await program.finish()
            #expect(finished.status == 0)
            #expect(finished.errors == [])
            #expect(finished.output.count == 2, "its key, and how to join")
        }
    }

    @Test func itStartsOnTheSamePortAgain() async throws {
        try await Stage.run { stage in
            // Below the ports that systems pick, or another test may be given it in between.
            let address = "127.0.0.1:\(Int.random(in: 10_000..<16_000))"
            let arguments = try Fixtures.shared.certificates.server.arguments + ["--listen", address]
            for _ in 1...3 {
                let server = try await RunningServer(stage.conclaved(arguments))
                #expect(server.addresses == [address])
                _ = try await stage.conclave(in: server).enter()
                #expect(await server.stop().status == 0)
            }
        }
    }

    @Test(arguments: [0o644, 0o640, 0o604] as [mode_t])
    func aKeyThatOthersCanReadIsWarnedOf(mode: mode_t) async throws {
        try await Stage.run { stage in
            let name = "open-\(mode)"
            let certificates = try Fixtures.shared.certificates
            let identity = try certificates.authority.issue().write(to: certificates.directory, as: name)
            try #require(chmod(identity.keyFile, mode) == 0)
            let server = try await stage.server(for: identity, ["--log-level", "error"])
            _ = try await stage.conclave(in: server).enter()
            let warning = "others can read the key \(identity.keyFile); chmod 600 \(identity.keyFile)"
            let finished = await server.stop()
            #expect(finished == Finished(status: 0, output: [], errors: ["conclaved: warning: \(warning)"]))
        }
    }

    @Test func aKeyOfItsOwnersIsNotWarnedOf() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(["--log-level", "error"])
            let finished = await server.stop()
            #expect(finished == Finished(status: 0, output: [], errors: []))
        }
    }
}

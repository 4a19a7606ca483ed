import TLS
import TestKit
import Testing

/// What scripts/make-certs makes is good enough for everybody.
@Suite(.timeLimit(.minutes(5))) struct MadeCertificatesTests {
    private func make(_ stage: Stage, _ options: [String] = []) async throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        let script = parts.joined(separator: "/") + "/scripts/make-certs"
        let made = try await stage.start("bash", [script, "--dir", directory.path] + options).finish()
        #expect(made.status == 0, "\(made.errors)")
        return directory
    }

    @Test func theyServeAndAreVerified() async throws {
        try await Stage.run { stage in
            let directory = try await make(stage, ["--rsa"])
            let ca = directory.path("ca.pem")
            let pairs = ["server", "server-rsa"].map { name in
                TLSIdentity(certificateFile: directory.path("\(name).pem"), keyFile: directory.path("\(name).key"))
            }
            let hosts = ["127.0.0.1"] + (hasIPv6 ? ["[::1]"] : [])
            let arguments = pairs.flatMap(\.arguments) + hosts.flatMap { ["--listen", "\($0):0"] }
            let program = try stage.conclaved(arguments + ["--log-level", "error"])
            let server = try await RunningServer(program, listeners: hosts.count)

            let client = try stage.conclave(["--text", "--ca", ca, "localhost:\(server.port)"])
            _ = try await client.enter()
            for (host, address) in zip(["127.0.0.1", "::1"], server.addresses) {
                _ = try await stage.conclave(["--text", "--ca", ca, address]).enter()
                for cipher in ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"] {
                    for check in [["-verify_hostname", "localhost"], ["-verify_ip", host]] {
                        let common = ["-connect", address, "-CAfile", ca, "-x509_strict", "-verify_return_error"]
                        let options = common + ["-quiet", "-tls1_2", "-cipher", cipher] + check
                        _ = try await stage.start("openssl", ["s_client"] + options).enter()
                    }
                }
            }
            let finished = await server.stop()
            #expect(finished == Finished(status: 0, output: [], errors: []), "no key that others can read, say")
        }
    }

    @Test func theyAreForNoOtherName() async throws {
        try await Stage.run { stage in
            let directory = try await make(stage)
            let identity = TLSIdentity(
                certificateFile: directory.path("server.pem"),
                keyFile: directory.path("server.key")
            )
            let server = try await stage.server(for: identity)
            let options = ["-CAfile", directory.path("ca.pem"), "-verify_hostname", "elsewhere"]
            let connect = ["s_client", "-quiet", "-verify_return_error", "-connect", "localhost:\(server.port)"]
            let finished = try await stage.start("openssl", connect + options).finish()
            #expect(finished.status == 1)
            #expect(finished.output == [])
            #expect(finished.errors.contains { $0.lowercased().contains("hostname mismatch") }, "\(finished.errors)")
        }
    }
}

import Glibc
import TLS
import TestKit
import Testing

/// One's own key: made the first time, shown to whoever asks, and never by accident given up.
@Suite(.timeLimit(.minutes(5))) struct IdentityTests {
    private let home: TemporaryDirectory
    private var path: String { home.path("conclave/identity.pem") }

    init() throws { home = try TemporaryDirectory() }

    private func fingerprint() throws -> String {
        let bytes = try TLSCertificate(pemFile: path).publicKeyFingerprint
        return "sha256:" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test func `it is made the first time, which is said, and then it is there`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let first = try stage.conclave(in: server, home: home)
            _ = try await first.enter()
            first.closeInput()
            let finished = await first.finish()
            #expect(finished.status == 0)
            #expect(finished.errors.count == 1)
            #expect(finished.errors.first?.contains("made a key for you, in \(path)") == true, "\(finished.errors)")
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            let before = try fingerprint()
            let second = try stage.conclave(in: server, home: home)
            _ = try await second.enter()
            second.closeInput()
            #expect(await second.finish().errors == [])
            #expect(try fingerprint() == before)
        }
    }

    @Test func `a guest has none`() async throws {
        try await Stage.run { stage in
            let client = try stage.conclave(["--text", "--guest"], in: try await stage.server(), home: home)
            _ = try await client.enter()
            client.closeInput()
            #expect(await client.finish().errors == [])
            #expect(access(path, F_OK) != 0)
        }
    }

    @Test func `it is shown, copied and replaced when that is meant`() async throws {
        try await Stage.run { stage in
            let none = try await stage.conclave(["identity"], home: home).finish()
            #expect(none.status == 1 && none.errors.first?.contains("conclave identity new makes one") == true)
            let new = try await stage.conclave(["identity", "new", "--type", "ed25519"], home: home).finish()
            let key = try fingerprint()
            #expect(new.status == 0 && new.output.first == key && new.errors == [])
            let show = try await stage.conclave(["identity", "show"], home: home).finish()
            #expect(show.output.first == key)
            #expect(show.output.last?.hasSuffix(", in \(path)") == true)

            let copy = home.path("copy.pem")
            let export = try await stage.conclave(["identity", "export", copy], home: home).finish()
            #expect(export.status == 0)
            #expect(export.errors.first?.contains("whoever has \(copy) is you (\(key))") == true)
            #expect(try await stage.conclave(["identity", "export", copy], home: home).finish().status == 1)
            let printed = try await stage.conclave(["identity", "export"], home: home).finish()
            #expect(printed.output.filter { $0.hasPrefix("-----BEGIN") }.count == 2)

            let again = try await stage.conclave(["identity", "new"], home: home).finish()
            #expect(again.status == 1 && again.errors.first?.contains("--force") == true)
            #expect(try fingerprint() == key)
            #expect(try await stage.conclave(["identity", "new", "--force"], home: home).finish().status == 0)
            #expect(try fingerprint() != key)
        }
    }

    @Test func `one that others can read is refused, with what to do`() async throws {
        try await Stage.run { stage in
            #expect(try await stage.conclave(["identity", "new"], home: home).finish().status == 0)
            try #require(chmod(path, 0o644) == 0)
            let client = try stage.conclave(in: try await stage.server(), home: home)
            let finished = await client.finish()
            #expect(finished.status == 1 && finished.output == [])
            #expect(finished.errors.first?.contains("chmod 600 \(path)") == true, "\(finished.errors)")
        }
    }

    @Test func `it is shown to who asks, over TLS 1_3 alone`() async throws {
        try await Stage.run { stage in
            #expect(try await stage.conclave(["identity", "new"], home: home).finish().status == 0)
            for (version, isShown) in [("-tls1_3", true), ("-tls1_2", false)] {
                let server = try await stage.sServer(Fixtures.shared.certificates.server, ["-verify", "1", version])
                let client = try stage.conclave(
                    ["--text", "--ca", Fixtures.shared.caFile, "localhost:\(server.port)"],
                    home: home
                )
                try client.write("hello\n")
                let heard = await server.program.lines { $0 == "hello" }
                #expect(heard.last == "hello")
                #expect(heard.contains("Client certificate") == isShown, "\(heard)")
                if !isShown {
                    #expect(await client.errorLine()?.contains("so you are a guest; --allow-identity-tls12") == true)
                }
            }
        }
    }
}

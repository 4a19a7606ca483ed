import Glibc
import ChatWire
import TLS
import TestKit
import Testing

/// `openssl s_client` with a key of its own.
@Suite(.timeLimit(.minutes(5))) struct KeyTests {
    private let directory: TemporaryDirectory
    private let options: [String]

    init() throws {
        directory = try TemporaryDirectory()
        let identity = try IssuedCertificate.selfSigned().write(to: directory, as: "me")
        options = ["-cert", identity.certificateFile, "-key", identity.keyFile]
    }

    private func line(_ program: Program, with part: String) async throws -> String {
        try #require(await program.lines { $0.contains(part) }.last { $0.contains(part) }, "no line with \(part)")
    }

    @Test func aNameIsKeptForItsKeyAcrossARestart() async throws {
        let home = try TemporaryDirectory()
        try await Stage.run { stage in
            let server = try await stage.server(home: home)
            let first = try stage.sClient(["-quiet"] + options, in: server)
            _ = try await first.enter()
            try first.write("/nick alice\n")
            _ = try await line(first, with: "is kept for your key now")
            // It is alice at once, and the other one is out.
            let second = try stage.sClient(["-quiet"] + options, in: server)
            _ = try await line(second, with: "* your name is `alice` now")
            _ = try await line(first, with: "another connection has taken your place")
            #expect(await first.finish().output == [])
            #expect(await server.stop().status == 0)

            let again = try await stage.server(home: home)
            let guest = try stage.sClient(in: again)
            _ = try await guest.enter()
            try guest.write("/nick alice\n")
            _ = try await line(guest, with: "is kept for somebody else's key")
            let third = try stage.sClient(["-quiet"] + options, in: again)
            _ = try await line(third, with: "* your name is `alice` now")
            _ = try await line(guest, with: "user:`alice` has enter")
        }
    }

    @Test func anOwnerIsOneAfterTheServerWasKilled() async throws {
        let home = try TemporaryDirectory()
        try await Stage.run { stage in
            let server = try await stage.server(home: home)
            let owner = try stage.sClient(["-quiet"] + options, in: server)
            _ = try await owner.enter()
            try owner.write("/nick alice\n/join den\nhi\n/lockdown on\n")
            _ = try await line(owner, with: "only invited members can enter now")
            server.program.send(SIGKILL)
            _ = await server.program.finish()

            let again = try await stage.server(home: home)
            let guest = try stage.sClient(in: again)
            _ = try await guest.enter()
            try guest.write("/join den\n")
            _ = try await line(guest, with: "you cannot enter #den now")
            let back = try stage.sClient(["-quiet"] + options, in: again)
            _ = try await line(back, with: "* your name is `alice` now")
            try back.write("/join den\n/lockdown off\n")
            _ = try await line(back, with: "you may moderate this room")
            try guest.write("/join den\n")
            _ = try await line(guest, with: "alice:hi")
        }
    }

    @Test func bothEndsShowTheSameWords() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let exporter = ["-keymatexport", VerificationWords.label, "-keymatexportlen", "32"]
            let program = try stage.sClient(["-nocommands", "-ign_eof"] + exporter + options, in: server)
            let material = try await line(program, with: "Keying material: ")
            let digits = Array(material.split(separator: " ").last ?? "")
            let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)
            }
            let words = try #require(VerificationWords(exported: bytes))
            _ = try await line(program, with: "* this room keeps ")
            try program.write("/verify\n")
            #expect(try await line(program, with: "the words of").contains(": \(words);"))
        }
    }

    @Test func withoutExtendedMasterSecretThereAreNoWords() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let configuration = try directory.write(
                "openssl_conf = o\n[o]\nssl_conf = s\n[s]\nsystem_default = d\n[d]\nOptions = -ExtendedMasterSecret\n",
                to: "openssl.cnf"
            )
            let arguments = try [
                "s_client", "-connect", "localhost:\(server.port)", "-quiet", "-tls1_2", "-CAfile",
                Fixtures.shared.caFile,
            ]
            let program = try stage.start("openssl", arguments, environment: ["OPENSSL_CONF=\(configuration)"])
            _ = try await program.enter()
            try program.write("/verify\n")
            _ = try await line(
                program,
                with: "your connection has no words: it is TLS 1.2 without extended master secret"
            )
        }
    }

    @Test func operatorsAndMembersAreKnownByTheirKeys() async throws {
        try await Stage.run { stage in
            let certificate = try TLSCertificate(pemFile: options[1])
            let digits = certificate.publicKeyFingerprint.map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }
            let key = "sha256:" + digits.joined()
            let server = try await stage.server(["--members-only", "--operator", key])
            let guest = try stage.sClient(in: server)
            _ = try await line(guest, with: "only members may come in, who have a key")
            let chief = try stage.sClient(["-quiet"] + options, in: server)
            _ = try await line(chief, with: "you are an operator now")
            try chief.write("/status\n")
            _ = try await line(chief, with: "* your key: \(key)")
            _ = try await line(chief, with: "the server's certificate holds until")
        }
        try await Stage.run { stage in
            let refused = try stage.conclaved(
                try Fixtures.shared.certificates.server.arguments + ["--operator", "sha256:12"]
            )
            #expect(await refused.finish().errors.first?.contains("'sha256:12' is no key") == true)
        }
    }
}

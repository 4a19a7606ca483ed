import Glibc
import TLS
import TestKit
import Testing

/// `conclaved link` and `conclaved new-key`, and what a server says of itself.
@Suite(.timeLimit(.minutes(5))) struct LinkTests {
    private func conclaved(_ arguments: [String]) async throws -> Finished {
        var finished = Finished(status: nil, output: [], errors: [])
        try await Stage.run { stage in finished = await (try stage.conclaved(arguments)).finish() }
        return finished
    }

    private func pin(_ identity: TLSIdentity) throws -> String {
        let certificate = try TLSCertificate(pemFile: identity.certificateFile)
        let digits = certificate.publicKeyFingerprint.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return "sha256:" + digits.joined()
    }

    @Test func `a server that starts says its key and how to join`() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let pin = try pin(Fixtures.shared.certificates.server)
            #expect(server.keys == [pin])
            #expect(server.link == "conclave://localhost:\(server.port)?pin=\(pin)")
            _ = await server.stop()
        }
    }

    @Test func `a link has the name and the keys of the certificates`() async throws {
        let certificates = try Fixtures.shared.certificates
        let (one, two) = (try pin(certificates.server), try pin(certificates.serverRSA))
        let files = ["--cert", certificates.server.certificateFile, "--cert", certificates.serverRSA.certificateFile]
        let plain = try await conclaved(["link"] + files)
        let link = "conclave://localhost:2022?pin=\(one)&pin=\(two)"
        #expect(plain == Finished(status: 0, output: [link], errors: []))

        let more = ["--host", "Chat.Example.org", "--host", "[::1]:7", "--room", "#Küche"]
        let finished = try await conclaved(["link"] + files.prefix(2) + more)
        let links = ["chat.example.org:2022", "[::1]:7"].map { "conclave://\($0)/K%C3%BCche?pin=\(one)" }
        #expect(finished == Finished(status: 0, output: links, errors: []))
    }

    @Test func `a link to a host with a certificate of its own has the key of that`() async throws {
        let certificates = try Fixtures.shared.certificates
        let (one, two) = (try pin(certificates.server), try pin(certificates.serverRSA))
        let other = "\(certificates.serverRSA.certificateFile),\(certificates.serverRSA.keyFile)"
        let hosts = ["--certificate", "localhost=\(other)", "--certificate", "*.example.org=\(other)"]
        let names = ["LOCALHOST", "a.example.org", "b.a.example.org", "127.0.0.1"].flatMap { ["--host", $0] }
        let made = try await conclaved(["link", "--cert", certificates.server.certificateFile] + hosts + names)
        #expect(made.output.map { $0.suffix(71) } == [two[...], two[...], one[...], one[...]], "\(made.errors)")

        try await Stage.run { stage in
            let server = try await stage.server(hosts)
            #expect(server.keys == [one, "\(two) for localhost", "\(two) for *.example.org"])
            #expect(server.link == "conclave://localhost:\(server.port)?pin=\(two)")
            _ = await server.stop()
        }
    }

    @Test func `a link is drawn for the camera of a phone`() async throws {
        let certificate = try Fixtures.shared.certificates.server.certificateFile
        let finished = try await conclaved(["link", "--cert", certificate, "--qr"])
        #expect(finished.status == 0)
        #expect(finished.output.first?.hasPrefix("conclave://localhost:2022?pin=sha256:") == true)
        // 37 modules and the quiet zone, two rows to a line, and no escape sequences in a pipe.
        #expect(finished.output.dropFirst().map(\.count) == Array(repeating: 45, count: 23))
        #expect(finished.output.dropFirst().allSatisfy { $0.allSatisfy { "█▀▄ ".contains($0) } })
    }

    @Test(
        arguments: [
            (["link"], "give the server's certificate with --cert", EX_USAGE),
            (["link", "--cert", "/nowhere"], "/nowhere cannot be read", EXIT_FAILURE),
            (["link", "--cert", "x", "--host", "::1"], "'::1' is not HOST or HOST:PORT", EX_USAGE),
            (["link", "--cert", "x", "--room", "a b"], "a name cannot have a space in it", EX_USAGE),
            (["new-key", "/nowhere/next.key"], "cannot write /nowhere/next.key: No such file", EXIT_FAILURE),
        ] as [([String], String, Int32)]
    )
    func `what is wrong is said`(arguments: [String], complaint: String, status: Int32) async throws {
        let finished = try await conclaved(arguments)
        #expect(finished.status == status)
        #expect(finished.output == [])
        #expect(finished.errors.count == 1)
        #expect(finished.errors.first?.contains(complaint) == true, "\(finished.errors)")
    }

    @Test func `a next key may be encrypted, and has to be one whose signature clients take`() async throws {
        let fixtures = try Fixtures.shared
        let (certificate, key) = (fixtures.certificates.server, fixtures.certificates.encryptedKey.keyFile)
        let passphrase = try fixtures.certificates.directory.write("secret\n", to: "next-passphrase")
        let link = ["link", "--cert", certificate.certificateFile, "--next-key"]
        let locked = try await conclaved(link + [key])
        #expect(locked.errors.first?.contains("give its passphrase with --key-passphrase-file") == true)
        let opened = try await conclaved(link + [key, "--key-passphrase-file", passphrase])
        #expect(opened.status == 0)
        #expect(opened.output.first?.contains("&pin=") == true, "\(opened.errors)")
        let weak = try await conclaved(link + [fixtures.certificates.weakRSA.keyFile])
        #expect(weak.status == EXIT_FAILURE)
        #expect(weak.errors.first?.contains("holds a key whose signature clients would not take") == true)
    }

    @Test func `a next key is made once, for nobody else, and newcomers are told of it`() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/next.key"
        let made = try await conclaved(["new-key", file])
        #expect(made.status == 0)
        let pin = try #require(made.output.first)
        var status = stat()
        #expect(stat(file, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        let again = try await conclaved(["new-key", file])
        #expect(again.status == EXIT_FAILURE)
        #expect(again.errors.first?.contains("is there already") == true)

        let link = try await conclaved([
            "link", "--cert", Fixtures.shared.certificates.server.certificateFile, "--next-key", file,
        ])
        #expect(link.output.first?.hasSuffix("&pin=\(pin)") == true)

        try await Stage.run { stage in
            let server = try await stage.server(["--next-key", file])
            let client = try stage.sClient(["-quiet", "-alpn", "conclave/1"], in: server)
            let welcome = try #require(await client.line())
            #expect(welcome.contains(#""next_pin":{"pin":"\#(pin)","#))
            #expect(welcome.contains(#"{"host":"localhost:\#(server.port)","old":"\#(server.keys[0])","#))
            #expect(welcome.contains(#"{"host":"127.0.0.1:\#(server.port)","old":"#))
            _ = await server.stop()
        }
    }
}

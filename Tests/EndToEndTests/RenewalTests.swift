import Glibc
import TLS
import TestKit
import Testing

/// The server's certificate, changed under a server that runs, and what else it can be told of certificates.
@Suite(.timeLimit(.minutes(5))) struct RenewalTests {
    @Test func aHangUpBringsTheNewCertificateAndDropsNobody() async throws {
        try await Stage.run { stage in
            let directory = try TemporaryDirectory()
            let identity = try pair("server", in: directory)
            let server = try await stage.server(for: identity)
            let before = try await shown(by: server, on: stage)
            #expect(try before == [identity.digest])
            let member = try stage.conclave(["--text", "--ca", identity.certificateFile], at: server)
            _ = try await member.enter()

            // A certificate without its key is refused, and the log says so.
            let other = try pair("other", in: directory)
            try move(other.certificateFile, to: identity.certificateFile)
            server.program.send(SIGHUP)
            let refusal = try await errors(of: server) { $0.contains("the certificates stay as they were") }
            #expect(refusal.last?.contains(" error ") == true)
            #expect(refusal.last?.contains("is not the key of the certificate in \(identity.certificateFile)") == true)
            #expect(try await shown(by: server, on: stage) == before)

            try move(other.keyFile, to: identity.keyFile)
            server.program.send(SIGHUP)
            let renewal = try await errors(of: server) { $0.contains("are shown another certificate") }
            #expect(renewal.last?.contains(" notice ") == true)
            let after = try await shown(by: server, on: stage)
            #expect(try after == [identity.digest])
            #expect(after != before)

            try member.write("still here\n")
            #expect(await member.lines { $0.hasSuffix(":still here") }.last?.hasSuffix(":still here") == true)
            #expect(await server.stop().status == 0)
        }
    }

    @Test func theFilesAreWatchedToo() async throws {
        try await Stage.run { stage in
            let directory = try TemporaryDirectory()
            let identity = try pair("server", in: directory)
            let server = try await stage.server(for: identity)
            let other = try pair("other", in: directory)
            try move(other.keyFile, to: identity.keyFile)
            try move(other.certificateFile, to: identity.certificateFile)
            let lines = try await errors(of: server) { $0.contains("are shown another certificate") }
            #expect(!lines.contains { $0.contains(" error ") }, "\(lines)")
            #expect(try await shown(by: server, on: stage) == [identity.digest])
        }
    }

    @Test func eachHostHasItsCertificateAndTheKeysMayBeEncrypted() async throws {
        try await Stage.run { stage in
            let fixtures = try Fixtures.shared.certificates
            let passphrase = try fixtures.directory.write("secret\n", to: "passphrase")
            chmod(passphrase, 0o600)
            let hosts = ["a.example": fixtures.stranger, "*.b.example": fixtures.encryptedKey]
            let server = try await stage.server(
                ["--key-passphrase-file", passphrase]
                    + hosts.flatMap { ["--certificate", "\($0)=\($1.certificateFile),\($1.keyFile)"] }
            )
            for (host, identity) in [
                ("a.example", fixtures.stranger), ("x.B.example", fixtures.encryptedKey),
                ("b.example", fixtures.server),
            ] {
                #expect(try await shown(by: server, asked: host, on: stage) == [identity.digest])
            }
        }
    }

    @Test func aCertificateIsAskedForAndNobodyHasToHaveOne() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let client = try stage.sClient(["-brief"], in: server)
            client.closeInput()
            let finished = await client.finish()
            #expect(finished.status == 0)
            #expect(finished.errors.contains { $0.hasPrefix("Requested Signature Algorithms: ") }, "\(finished.errors)")
            let identity = try Fixtures.shared.certificates.selfSigned
            let options = ["-quiet", "-cert", identity.certificateFile, "-key", identity.keyFile]
            _ = try await stage.sClient(options, in: server).enter()
        }
    }

    @Test func withAnAuthorityOnlyItsOwnEnter() async throws {
        try await Stage.run { stage in
            let fixtures = try Fixtures.shared.certificates
            let ada = try fixtures.authority.issue(.client())
            let eve = try fixtures.authority.issue(.client(name: "Eve"))
            let list = try fixtures.authority.revoke([eve], to: fixtures.directory, as: "end-to-end.crl")
            let server = try await stage.server(
                ["--client-ca", Fixtures.shared.caFile, "--client-crl", list, "--tls-min", "1.3"]
            )
            func enter(_ identity: TLSIdentity?) throws -> Program {
                let files = identity.map { ["-cert", $0.certificateFile, "-key", $0.keyFile] } ?? []
                return try stage.sClient(["-quiet"] + files, in: server)
            }
            _ = try await enter(ada.write(to: fixtures.directory, as: "ada")).enter()
            for identity in [nil, fixtures.selfSigned, try eve.write(to: fixtures.directory, as: "eve")] {
                let finished = try await enter(identity).finish()
                #expect(finished.output == [])
                #expect(finished.errors.contains { $0.contains("alert") }, "\(finished.errors)")
            }
        }
    }

    @Test func suitesGroupsAndVersionAreWhatWasAskedFor() async throws {
        try await Stage.run { stage in
            let server = try await stage.server([
                "--tls-min", "1.3", "--tls-groups", "P-384", "--tls-ciphers", "TLS_CHACHA20_POLY1305_SHA256",
            ])
            let client = try stage.sClient(["-brief"], in: server)
            client.closeInput()
            let finished = await client.finish()
            #expect(finished.errors.contains("Ciphersuite: TLS_CHACHA20_POLY1305_SHA256"), "\(finished.errors)")
            #expect(finished.errors.contains { $0.contains("P-384") || $0.contains("secp384r1") }, "\(finished.errors)")
            let old = try stage.sClient(["-brief", "-tls1_2"], in: server)
            old.closeInput()
            #expect(await old.finish().errors.contains { $0.contains("alert protocol version") })
        }
    }

    @Test func theKeyLogIsLoudAndWhatSClientHasAgrees() async throws {
        try await Stage.run { stage in
            let directory = try TemporaryDirectory()
            let (ours, theirs) = (directory.path("ours"), directory.path("theirs"))
            let server = try await stage.server(["--key-log", ours])
            let warning = try await errors(of: server) { $0.contains(ours) }
            #expect(warning.last?.contains("WARNING") == true)
            _ = try await stage.sClient(["-quiet", "-keylogfile", theirs], in: server).enter()
            var status = stat()
            #expect(stat(ours, &status) == 0 && status.st_mode & 0o777 == 0o600)
            let same = try await stage.start(
                "sh",
                ["-c", "sort \(ours) >\(ours).1; sort \(theirs) | grep -v '^#' | diff - \(ours).1"]
            ).finish()
            #expect(same.status == 0, "\(same)")
        }
    }

    @Test(arguments: [
        (["--certificate", "a.example"], 64, "'a.example' is not HOST=CERT,KEY"),
        (["--certificate", "=a,b"], 64, "'=a,b' is not HOST=CERT,KEY"),
        (["--certificate", "a=b"], 64, "'a=b' is not HOST=CERT,KEY"),
        (["--certificate", "a=b,c,d"], 64, "is not HOST=CERT,KEY"),
        (["--client-crl", "x"], 64, "--client-crl needs --client-ca"),
        (["--tls-min", "1.1"], 64, "--tls-min"),
        (["--tls-ciphers", "AES128-SHA"], 1, "AES128-SHA is not a cipher suite of TLSv1.2"),
        (["--tls-ciphers", "AES128-GCM-SHA256"], 1, "AES128-GCM-SHA256 has no forward secrecy"),
        (["--tls-ciphers", "nonsense"], 1, "\"nonsense\" is not a cipher suite"),
        (["--tls-groups", "X25519:nonsense"], 1, "\"nonsense\" is not a group"),
        (["--client-ca", "/nonexistent/ca.pem"], 1, "/nonexistent/ca.pem cannot be read"),
        (["--key-passphrase-file", "/nonexistent/p"], 1, "/nonexistent/p cannot be read"),
        (["--key-log", "/nonexistent/keys"], 1, "/nonexistent/keys cannot be written"),
    ])
    func aMistakeIsToldInOneLine(options: [String], status: Int32, says: String) async throws {
        try await Stage.run { stage in
            let arguments = try Fixtures.shared.certificates.server.arguments + ["--listen", "127.0.0.1:0"]
            let finished = try await stage.conclaved(arguments + options).finish()
            #expect(finished.status == status)
            #expect(finished.errors.count == 1, "\(finished.errors)")
            #expect(finished.errors.first?.contains(says) == true, "\(finished.errors)")
        }
    }

    // MARK: Parts

    /// The SHA-256 of each certificate that the server shows who asks for this host.
    private func shown(
        by server: RunningServer,
        asked host: String = "localhost",
        on stage: Stage
    ) async throws
        -> [String]
    {
        let options = ["s_client", "-connect", "127.0.0.1:\(server.port)", "-servername", host]
        let client = try stage.start("openssl", options)
        client.closeInput()
        let output = await client.finish().output
        let file = try TemporaryDirectory().write(output.joined(separator: "\n") + "\n", to: "shown.pem")
        return [try TLSCertificate(pemFile: file).fingerprint.map { String($0, radix: 16) }.joined()]
    }

    private func errors(of server: RunningServer, until isWanted: (String) -> Bool) async throws -> [String] {
        var lines: [String] = []
        while let line = await server.program.errorLine() {
            lines.append(line)
            if isWanted(line) { return lines }
        }
        Issue.record("the server did not say it: \(lines)")
        return lines
    }

    /// A certificate for this machine with a key that nobody else can read.
    private func pair(_ name: String, in directory: TemporaryDirectory) throws -> TLSIdentity {
        let identity = try IssuedCertificate.selfSigned().write(to: directory, as: name)
        chmod(identity.keyFile, 0o600)
        return identity
    }

    private func move(_ from: String, to: String) throws {
        try #require(rename(from, to) == 0, "\(from): \(String(cString: strerror(errno)))")
    }
}

extension TLSIdentity {
    /// The SHA-256 of its certificate as it is now.
    fileprivate var digest: String {
        get throws { try TLSCertificate(pemFile: certificateFile).fingerprint.map { String($0, radix: 16) }.joined() }
    }
}

extension Stage {
    fileprivate func conclave(_ arguments: [String], at server: RunningServer) throws -> Program {
        try conclave(arguments + ["localhost:\(server.port)"])
    }
}

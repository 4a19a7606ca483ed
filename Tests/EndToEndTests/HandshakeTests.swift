import TLS
import TestKit
import Testing

/// What OpenSSL's client may agree on with the server, and what not.
@Suite(.timeLimit(.minutes(5))) struct HandshakeTests {
    /// Connects, says nothing and closes; `-brief` prints the agreement to standard error.
    private func agree(_ options: [String], with server: RunningServer, on stage: Stage) async throws -> Finished {
        let client = try stage.sClient(["-brief"] + options, in: server)
        client.closeInput()
        return await client.finish()
    }

    @Test(arguments: [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")])
    func bothVersionsAreSpoken(option: String, version: String) async throws {
        try await Stage.run { stage in
            let finished = try await agree([option], with: try await stage.server(), on: stage)
            #expect(finished.status == 0)
            #expect(finished.errors.contains("Protocol version: \(version)"))
            #expect(finished.errors.contains("Verification: OK"))
        }
    }

    @Test(arguments: [
        ("ECDHE-RSA-AES128-GCM-SHA256", "RSA-PSS"), ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDSA"),
        ("ECDHE-RSA-CHACHA20-POLY1305", "RSA-PSS"), ("ECDHE-ECDSA-AES256-GCM-SHA384", "ECDSA"),
    ])
    func eachCipherGetsTheCertificateThatFits(cipher: String, signature: String) async throws {
        try await Stage.run { stage in
            let server = try await stage.server(Fixtures.shared.certificates.serverRSA.arguments)
            let finished = try await agree(["-tls1_2", "-cipher", cipher], with: server, on: stage)
            #expect(finished.status == 0)
            #expect(finished.errors.contains("Ciphersuite: \(cipher)"))
            #expect(finished.errors.contains("Signature type: \(signature)"))
        }
    }

    @Test(arguments: [
        // Level 0, or OpenSSL would not even offer these.
        (["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], "alert protocol version"),
        (["-tls1_2", "-cipher", "AES128-SHA"], "alert handshake failure"),
        (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256"], "alert handshake failure"),
        (["-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"], "alert handshake failure"),
        (["-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"], "alert handshake failure"),
        (["-tls1_3", "-groups", "P-521"], "alert handshake failure"),
        (["-alpn", "foo"], "alert no application protocol"),
        (["-alpn", "foo"], "SSL alert number 120"),
        (["-tls1_2", "-alpn", "h2,http/1.1"], "SSL alert number 120"),
    ])
    func whatDoesNotFitIsRefused(options: [String], says: String) async throws {
        try await Stage.run { stage in
            // With an ECDSA certificate only.
            let finished = try await agree(options, with: try await stage.server(), on: stage)
            #expect(finished.status == 1)
            #expect(finished.errors.contains { $0.contains(says) }, "\(finished.errors)")
        }
    }

    @Test func aNewHandshakeInARunningSessionIsRefusedAndTheServerLivesOn() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let client = try stage.sClient(["-tls1_2"], in: server)
            _ = await client.lines { $0.hasPrefix("* /help") }
            try client.write("R\n")
            let finished = await client.finish()
            #expect(finished.status == 1)
            #expect(finished.errors.contains("RENEGOTIATING") || finished.output.contains("RENEGOTIATING"))
            #expect(finished.errors.contains { $0.contains("no renegotiation") }, "\(finished.errors)")
            #expect(try await stage.conclave(in: server).enter().contains("UID:2,"))
        }
    }

    private static let ticket = "Post-Handshake New Session Ticket"

    @Test func thereAreNoSessionTickets() async throws {
        try await Stage.run { stage in
            let client = try stage.sClient(["-tls1_3"], in: try await stage.server())
            // Tickets would come before the welcome.
            let read = await client.lines { $0.hasPrefix("* /help") }
            #expect(read.last?.hasPrefix("* /help") == true)
            client.closeInput()
            let output = read + (await client.finish()).output
            #expect(!output.contains { $0.contains(Self.ticket) })
            #expect(output.contains { $0.contains("New, TLSv1.3, Cipher is") })
        }
    }

    @Test func aTicketWouldHaveBeenSeen() async throws {
        try await Stage.run { stage in
            let foreign = try await stage.sServer(Fixtures.shared.certificates.server)
            let options = try ["-connect", "localhost:\(foreign.port)", "-CAfile", Fixtures.shared.caFile, "-tls1_3"]
            let client = try stage.start("openssl", ["s_client"] + options)
            try foreign.program.write("hello\n")
            let read = await client.lines { $0 == "hello" }
            client.closeInput()
            let output = read + (await client.finish()).output
            #expect(output.contains { $0.contains(Self.ticket) })
        }
    }
}

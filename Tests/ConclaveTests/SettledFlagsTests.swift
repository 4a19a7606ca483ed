import ArgumentParser
import ChatClient
import ChatCore
import Testing

@testable import conclave

/// Flags count more than the file of settings.
@Suite struct SettledFlagsTests {
    private func settled(_ arguments: [String], _ yaml: String) async throws -> ServerOptions {
        try await ServerOptions.parse(arguments).settled(by: Configuration(Array(yaml.utf8), path: "/c/config.yaml"))
    }

    @Test func `what no flag says the file says`() async throws {
        let options = try await settled([], "server: a.example:1\nroom: tea\nnick: alice\nca: my.pem\nguest: true")
        #expect(options.server.endpoint == Endpoint(host: "a.example", port: 1))
        #expect(options.room.text == "tea")
        #expect(options.nick?.text == "alice")
        #expect(options.trust.ca == "/c/my.pem")
        #expect(options.identity.guest)
    }

    @Test func `what a flag says counts`() async throws {
        let yaml = "server: a.example\nroom: tea\nnick: alice\nca: my.pem\nguest: true\nallow-identity-tls12: true"
        let options = try await settled(
            ["--nick", "bob", "--ca", "other.pem", "--identity", "me.pem", "--room", "cake"],
            yaml
        )
        #expect(options.nick?.text == "bob")
        #expect(options.trust.ca == "other.pem")
        #expect(options.identity.identity == "me.pem" && !options.identity.guest)
        #expect(options.identity.allowIdentityTLS12)
        #expect(options.room.text == "cake")
        #expect(try await settled(["--server", "conclave://b.example/x"], yaml).room.text == "x")
        #expect(try await settled(["--guest"], "identity: me.pem").identity.identity == nil)
    }

    @Test func `the file's word on whom to believe is about its server alone`() async throws {
        let pin = "sha256:" + String(repeating: "0f", count: 32)
        let yaml = "server: a.example\npin: \(pin)\nserver-name: b.example"
        #expect(try await settled([], yaml).trust.pin.count == 1)
        #expect(try await settled(["--server", "a.example"], yaml).trust.serverName == "b.example")
        let other = try await settled(["--server", "c.example"], yaml)
        #expect(other.trust.pin.isEmpty && other.trust.serverName == nil)
        #expect(try await settled(["--dangerously-accept-any-certificate"], yaml).trust.pin.isEmpty)
        #expect(try await settled(["--server", "c.example"], "pin: \(pin)").trust.pin.count == 1)
    }

    @Test func `the keys of a link that is given count alone`() async throws {
        let (pin, other) = (
            "sha256:" + String(repeating: "0f", count: 32), "sha256:" + String(repeating: "0e", count: 32)
        )
        let link = "conclave://a.example?pin=\(other)"
        for yaml in ["pin: \(pin)", "server: a.example\npin: \(pin)"] {
            #expect(try await settled(["--server", link], yaml).trust.pin.isEmpty)
        }
        #expect(try await settled([], "server: \(link)\npin: \(pin)").trust.pin.count == 1)
    }

    @Test func `a host may be called conclave`() throws {
        #expect(try Place("conclave:2022").endpoint == Endpoint(host: "conclave", port: 2022))
        #expect(try Place("conclave://conclave:7").endpoint == Endpoint(host: "conclave", port: 7))
        #expect(throws: ValidationError.self) { try Place("conclave:/a") }
    }
}

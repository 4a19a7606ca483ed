import ChatClient
import ChatCore
import ChatTerminal
import TestKit
import Testing

@testable import conclave

@Suite struct ConfigurationTests {
    private func read(_ text: String) throws -> Configuration {
        try Configuration(Array(text.utf8), path: "/home/a/.config/conclave/config.yaml")
    }

    private func problem(_ text: String) -> String? {
        do {
            _ = try read(text)
            return nil
        } catch {
            return "\(error)".replacing("/home/a/.config/conclave/config.yaml", with: "FILE")
        }
    }

    @Test func `settings have the names of the flags`() throws {
        let pin = "sha256:" + String(repeating: "0f", count: 32)
        let settings = try read(
            """
            # what I like
            server: chat.example.org:2023
            room: "#tea"
            nick: 小明
            pin:
              - \(pin)
            ca: ca.pem
            server-name: example.org
            identity: /keys/me.pem
            guest: false
            allow-identity-tls12: true
            color: never
            time: relative
            plain: true
            no-bell: true
            quiet: false
            notify: osc9
            """
        )
        #expect(settings.server?.endpoint == Endpoint(host: "chat.example.org", port: 2023))
        #expect(settings.room?.text == "tea")
        #expect(settings.nick?.text == "小明")
        #expect(settings.pin.map(\.description) == [pin])
        #expect(settings.ca == "/home/a/.config/conclave/ca.pem")
        #expect(settings.serverName == "example.org")
        #expect(settings.identity == "/keys/me.pem")
        #expect(settings.guest == false)
        #expect(settings.allowIdentityTLS12 == true)
        #expect(settings.color == .never)
        #expect(settings.time == .relative)
        #expect(settings.plain == true)
        #expect(settings.noBell == true)
        #expect(settings.quiet == false)
        #expect(settings.notify == .osc9)
    }

    @Test func `one key need be no list, and nothing is nothing`() throws {
        #expect(try read("pin: sha256:" + String(repeating: "0f", count: 32)).pin.count == 1)
        #expect(try read("").nick == nil)
        #expect(try read("# nothing\n").nick == nil)
    }

    @Test(
        arguments: [
            ("nick: alice\nrom: tea", "FILE, line 2: there is no setting 'rom'; did you mean 'room'?"),
            ("nick: the", "FILE, line 1: nick: "),
            ("\n\nguest: yes", "FILE, line 3: guest: takes true or false"),
            ("guest: \"true\"", "FILE, line 1: guest: takes true or false"),
            ("color: blue", "FILE, line 1: color: takes auto, always or never"),
            ("pin: [sha256:00]", "FILE, line 1: pin: 'sha256:00' is not sha256: and 64 hexadecimal digits"),
            ("nick: [a, b]", "FILE, line 1: nick: takes one text"),
            ("nick:", "FILE, line 1: nick: takes one text"),
            ("nick: {a: b}", "FILE, line 1: nick: takes a text, or a list of texts"),
            ("server: 'a b:c:d'", "FILE, line 1: server: "),
            ("- nick", "FILE, line 1: a setting is written as NAME: VALUE"),
            ("nick", "FILE, line 1: a setting is written as NAME: VALUE"),
            ("nick: a\nnick: b", "FILE, line "),
            ("nick: 'a", "FILE, line "),
            ("nick: a\n---\nnick: b", "FILE, line "),
            (
                "dangerously-accept-any-certificate: true",
                "FILE, line 1: dangerously-accept-any-certificate is a flag only"
            ),
            ("\"a\\e[2J\": 1", "FILE, line 1: there is no setting 'a\u{FFFD}[2J'"),
        ]
    ) func `what is wrong is said in one line, with its place`(_ text: String, _ expected: String) {
        let problem = problem(text) ?? "nothing"
        #expect(problem.hasPrefix(expected), "\(problem)")
        #expect(!problem.contains("\n"))
    }

    @Test func `any bytes are read or refused`() {
        var random = SeededGenerator(seed: 8)
        let pieces = [
            "nick", ":", " ", "\n", "-", "[", "]", "{", "&a", "*a", "!!bool", "'", "\"", "true", "\t", "\u{FF}", "---",
            "|", "#",
        ]
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0..<12, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            _ = problem(text.joined())
        }
        #expect(throws: ConfigurationProblem.self) { try Configuration([0xFF, 0xFE, 0x00], path: "x") }
    }

    @Test func `the directory's file is what counts`() async throws {
        let directory = try TemporaryDirectory()
        #expect(try await Configuration.read(ConfigDirectory(directory.path)).nick == nil)
        _ = try directory.write("nick: carol\n", to: "config.yaml")
        #expect(try await Configuration.read(ConfigDirectory(directory.path)).nick?.text == "carol")
    }

    @Test func `who has not said where to go is asked`() throws {
        var recent = RecentServers()
        let texts = Texts(.english)
        #expect(RecentChoice.lines(recent, texts).count == 3)
        #expect(RecentChoice.question(recent, texts).contains("Enter for localhost"))
        #expect(RecentChoice.place("", among: recent)?.place.endpoint.host == "localhost")
        recent.visit(.init(Endpoint(host: "old")))
        recent.visit(.init(Endpoint(host: "new"), room: .lobby, nick: try Nickname("alice")))
        #expect(
            RecentChoice.lines(recent, texts).map(\.string) == [
                "Where to?", "  1  new:2022  #lobby  alice", "  2  old:2022",
            ]
        )
        #expect(RecentChoice.question(recent, texts) == "1 to 2, Enter for 1, or HOST[:PORT]: ")
        #expect(RecentChoice.place("", among: recent)?.nick?.text == "alice")
        #expect(RecentChoice.place(" 2 ", among: recent)?.place.endpoint.host == "old")
        #expect(RecentChoice.place("3", among: recent) == nil)
        #expect(RecentChoice.place("a b", among: recent) == nil)
        var pinned = RecentServers.Entry(Endpoint(host: "pinned"))
        pinned.pins = [try #require(KeyFingerprint([UInt8](repeating: 15, count: 32)))]
        recent.visit(pinned)
        #expect(RecentChoice.place("1", among: recent)?.place.pins == pinned.pins)
        let link = "conclave://c.example/tea?pin=sha256:" + String(repeating: "0f", count: 32)
        #expect(RecentChoice.place(link, among: recent)?.place.pins.count == 1)
    }
}

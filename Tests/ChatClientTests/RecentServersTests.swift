import ChatClient
import ChatCore
import Glibc
import TestKit
import Testing

@Suite struct RecentServersTests {
    private func entry(_ host: String, _ room: String? = nil, _ nick: String? = nil) -> RecentServers.Entry {
        RecentServers.Entry(
            Endpoint(host: host),
            room: room.flatMap { try? RoomName($0) },
            nick: nick.flatMap { try? Nickname($0) }
        )
    }

    @Test func `the latest stands first, and each once`() {
        var recent = RecentServers()
        for host in ["a", "b", "A"] { recent.visit(entry(host, "lobby")) }
        #expect(recent.entries.map(\.endpoint.host) == ["A", "b"])
        for number in 1...20 { recent.visit(entry("host\(number)")) }
        #expect(recent.entries.count == RecentServers.most)
        #expect(recent.entries.first?.endpoint.host == "host20")
    }

    @Test func `what is written can be read`() {
        var recent = RecentServers()
        recent.visit(entry("::1", "茶馆", "小明"))
        recent.visit(entry("chat.example.org"))
        #expect(recent.text == "chat.example.org:2022\n[::1]:2022 room=#茶馆 nick=小明\n")
        #expect(RecentServers(Array(recent.text.utf8)) == recent)
    }

    @Test func `the keys that were given with a server are written too`() throws {
        let keys = [try Keys.key("a"), try Keys.key("b")]
        var recent = RecentServers()
        recent.visit(RecentServers.Entry(Endpoint(host: "a"), room: .lobby, pins: keys))
        #expect(recent.text == "a:2022 room=#lobby pin=\(keys[0]) pin=\(keys[1])\n")
        #expect(RecentServers(Array(recent.text.utf8)) == recent)
        // Without one of them the server would be believed by something else.
        #expect(RecentServers(Array("a:2022 pin=\(keys[0]) pin=sha256:12\nb:2022\n".utf8)).entries == [entry("b")])
    }

    @Test func `what cannot be read is left out`() {
        let text = "a:1 room=#x nick=the nonsense color=red\n\n:\nb c\u{1B}[2J d\n\u{1B}x\n\u{FF}"
        let recent = RecentServers(Array(text.utf8) + [0xFF, 0xFE])
        #expect(
            recent.entries == [RecentServers.Entry(Endpoint(host: "a", port: 1), room: try? RoomName("x")), entry("b")]
        )
    }

    @Test func `a file is made for nobody else's eyes, and not read if others can write it`() async throws {
        let directory = try TemporaryDirectory()
        let file = ConfigDirectory(directory.path("new")).recent
        #expect(try await file.read() == nil)
        try await file.update { bytes in
            var recent = RecentServers(bytes)
            recent.visit(RecentServers.Entry(Endpoint(host: "a")))
            return Array(recent.text.utf8)
        }
        #expect(try await file.read().map { String(decoding: $0, as: UTF8.self) } == "a:2022\n")
        var status = stat()
        #expect(stat(file.path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        try #require(chmod(file.path, 0o622) == 0)
        let problem = await #expect(throws: SettingsFile.Problem.self) { try await file.read() }
        #expect(problem?.description.contains("chmod 600 \(file.path)") == true)
    }
}

import ChatClient
import ChatCore
import Glibc
import TestKit
import Testing

/// The file of who is known: whole or not at all, and nobody else's.
@Suite(.timeLimit(.minutes(5))) struct KnownHostsFileTests {
    private let directory: TemporaryDirectory
    private let file: KnownHostsFile

    init() throws {
        directory = try TemporaryDirectory()
        file = ConfigDirectory(directory.path("config")).knownHosts
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    private func add(_ digit: Character, for host: String, to file: KnownHostsFile) async throws {
        let (key, host, day) = (try Keys.key(digit), try Keys.host(host), try Keys.day("2026-11-30"))
        try await file.update { _ = try $0.add(key, for: host, on: day) }
    }

    @Test func `without a file nobody is known, and nothing is made by looking`() async throws {
        #expect(try await file.read() == KnownHosts())
        #expect(mode(directory.path("config")) == 0)
    }

    @Test func `what is kept is there again, and nobody else can read it`() async throws {
        try await add("a", for: "a:1", to: file)
        #expect(try await file.read().hosts.map(\.host.description) == ["a:1"])
        #expect(mode(directory.path("config")) == 0o700)
        #expect(mode(file.path) == 0o600)
    }

    @Test func `what is not changed is not written`() async throws {
        func number() -> ino_t {
            var status = stat()
            return stat(file.path, &status) == 0 ? status.st_ino : 0
        }
        try await add("a", for: "a:1", to: file)
        let before = number()
        try await add("a", for: "a:1", to: file)
        #expect(number() == before)
        try await add("b", for: "a:1", to: file)
        #expect(number() != before)
    }

    @Test func `what could not be read again is not written`() async throws {
        try await add("a", for: "a:1", to: file)
        let remark = String(repeating: "x", count: KnownHosts.lineLimit - 100)
        let line = "a:1 \(try Keys.key("a")) \(remark)\n"
        try await file.update { $0 = try KnownHosts(line.utf8) }
        let error = await #expect(throws: ClientError.self) { try await add("b", for: "a:1", to: file) }
        #expect(error.map { "\($0)" }?.contains("longer than 4096 bytes") == true)
        #expect(try await file.read().text == line)
    }

    @Test func `who works on it at the same time loses nothing`() async throws {
        try await withThrowingTaskGroup { tasks in
            for number in 1...40 {
                tasks.addTask { try await add("a", for: "a:\(number)", to: KnownHostsFile(file.path)) }
            }
            try await tasks.waitForAll()
        }
        #expect(Set(try await file.read().hosts.map(\.host.port)) == Set(1...40))
    }

    @Test func `a link stays one`() async throws {
        let real = try directory.write("# mine\n", to: "real")
        try #require(chmod(real, 0o600) == 0 && symlink(real, directory.path("link")) == 0)
        try await add("a", for: "a:1", to: KnownHostsFile(directory.path("link")))
        var status = stat()
        #expect(lstat(directory.path("link"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(try await KnownHostsFile(real).read().text.hasPrefix("# mine\na:1 "))
    }

    @Test(arguments: [(mode_t(0o620), "others may change"), (0o666, "chmod 600")])
    func `one that others may write is not believed`(mode: mode_t, says: String) async throws {
        let path = try directory.write("", to: "open")
        try #require(chmod(path, mode) == 0)
        let error = await #expect(throws: ClientError.self) { try await KnownHostsFile(path).read() }
        #expect(error.map { "\($0)" }?.contains(says) == true, "\(String(describing: error))")
    }

    @Test func `what is wrong in it is told with the file and the line`() async throws {
        let path = try directory.write("# fine\na:1 sha256:short\n", to: "wrong")
        try #require(chmod(path, 0o600) == 0)
        let error = await #expect(throws: ClientError.self) { try await KnownHostsFile(path).read() }
        #expect(
            error.map { "\($0)" }
                == "who is known cannot be looked up: \(path), line 2: 'sha256:short' is not sha256: and 64 hexadecimal digits"
        )
        await #expect(throws: ClientError.self) { try await add("a", for: "a:1", to: KnownHostsFile(path)) }
    }

    @Test func `a directory is no file, and what cannot be made is told`() async throws {
        await #expect(throws: ClientError.self) { try await KnownHostsFile(directory.path).read() }
        let plain = try directory.write("", to: "plain")
        let error = await #expect(throws: ClientError.self) {
            try await add("a", for: "a:1", to: KnownHostsFile(plain + "/known_hosts"))
        }
        #expect(error.map { "\($0)" }?.contains("Not a directory") == true)
    }
}

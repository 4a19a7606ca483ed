import Glibc
import TLS
import TestKit
import Testing

/// What a flood and a reader that has stopped cost the server.
@Suite(.timeLimit(.minutes(5))) struct MemoryTests {
    /// The sanitizers keep what is freed, so there is nothing to measure under them.
    private static let isMeasurable = getenv("ASAN_OPTIONS") == nil && getenv("TSAN_OPTIONS") == nil

    @Test(.enabled(if: isMeasurable))
    func aReaderThatHasStoppedDoesNotMakeItGrow() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let tls = try TLSContext(.client(trust: CertificateFixtures.shared.ca))
            let stopped = try await ChatPeer.connect(port: server.port, tls: tls, receiveBuffer: 4096)
            _ = try await stopped.enter()
            let sender = try await ChatPeer.connect(port: server.port, tls: tls)
            _ = try await sender.enter()

            // Eight megabytes fill all that may be filled; sixteen more must find no place to stay.
            try await flood(sender, lines: 20_000)
            let before = try resident(server.program.id)
            try await flood(sender, lines: 40_000)
            let grown = try resident(server.program.id) - before
            #expect(grown < 4 * 1024, "\(grown) KiB more than \(before)")

            let missed = try await stopped.lines { $0.hasPrefix("* you missed ") }
            #expect(missed.last?.hasPrefix("* you missed ") == true)
        }
    }

    /// Says that many lines, and waits for the last one's echo.
    private func flood(_ peer: ChatPeer, lines count: Int) async throws {
        let line = String(repeating: "x", count: 400) + "\n"
        async let sent: Void = peer.send(String(repeating: line, count: count) + "end\n")
        _ = try await peer.lines { $0 == "2:end" }
        try await sent
    }

    /// The resident memory of a process, in KiB (proc(5), "statm").
    private func resident(_ process: Int32) throws -> Int {
        let file = try #require(fopen("/proc/\(process)/statm", "r"))
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 128)
        try #require(fgets(&text, Int32(text.count), file) != nil)
        let fields = String(decoding: text.map(UInt8.init(bitPattern:)), as: UTF8.self).split(separator: " ")
        return try #require(Int(fields[1])) * Int(sysconf(Int32(_SC_PAGESIZE))) / 1024
    }
}

import ChatClient
import ChatCore
import ChatTerminal
import TestKit
import Testing

@testable import conclave

@Suite struct RecentQuestionTests {
    @Test func `where one was is remembered`() async throws {
        let directory = ConfigDirectory(try TemporaryDirectory().path("config"))
        #expect(try await RecentQuestion.recent(directory) == RecentServers())
        #expect(try await RecentQuestion.recent(nil) == RecentServers())
        for host in ["a", "b", "a"] {
            try await RecentQuestion.remember(.init(Endpoint(host: host), room: .lobby), in: directory)
        }
        let recent = try await RecentQuestion.recent(directory)
        #expect(recent.text == "a:2022 room=#lobby\nb:2022 room=#lobby\n")
    }
}

import ChatClient
import ChatCore
import ChatTerminal
import TestKit
import Testing

@testable import conclave

@Suite struct RecentQuestionTests {
    @Test func `where one was is remembered, and who was nowhere is not asked`() async throws {
        let directory = ConfigDirectory(try TemporaryDirectory().path("config"))
        #expect(try await RecentQuestion.ask(directory, Texts(.english))?.place.endpoint == nil)
        for host in ["a", "b", "a"] {
            try await RecentQuestion.remember(.init(Endpoint(host: host), room: .lobby), in: directory)
        }
        let recent = RecentServers(try await directory.recent.read() ?? [])
        #expect(recent.text == "a:2022 room=#lobby\nb:2022 room=#lobby\n")
    }
}

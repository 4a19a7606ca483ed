import ChatClient
import ChatCore
import ChatTerminal

/// Asks who has not said where to go.
enum RecentQuestion {
    /// How often an answer may mean nothing.
    private static let mostQuestions = 5

    /// Shows the servers of last time, and reads which of them it is to be, or another. It is for a terminal, before
    /// anything else reads from it.
    /// - Returns: nil if there are none, or no answer.
    static func ask(_ directory: ConfigDirectory, _ texts: Texts) async throws -> (place: Place, nick: Nickname?)? {
        let recent = RecentServers(try await directory.recent.read() ?? [])
        guard !recent.entries.isEmpty else { return nil }
        let output = StandardOutput()
        try await output.write(RecentChoice.lines(recent, texts))
        let question = Array(RecentChoice.question(recent, texts).utf8)
        let input = StandardInput()
        for _ in 0..<mostQuestions {
            try await output.write(question)
            // A terminal gives out a line at a time, so nothing that is typed ahead is lost here.
            guard let bytes = try await input.next() else { return nil }
            if let place = RecentChoice.place(String(decoding: bytes, as: UTF8.self), among: recent) { return place }
        }
        return nil
    }

    /// Remembers that the user is there.
    static func remember(_ entry: RecentServers.Entry, in directory: ConfigDirectory) async throws {
        try await directory.recent.update { bytes in
            var recent = RecentServers(bytes)
            recent.visit(entry)
            return Array(recent.text.utf8)
        }
    }
}

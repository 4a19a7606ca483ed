import ChatClient
import ChatCore
import ChatTerminal

/// Asks who has not said where to go.
enum RecentQuestion {
    /// How often an answer may mean nothing.
    private static let mostQuestions = 5

    /// The servers of last time; none if there is nowhere to keep them.
    static func recent(_ directory: ConfigDirectory?) async throws -> RecentServers {
        RecentServers(try await directory?.recent.read() ?? [])
    }

    /// Shows the servers of last time, or what a beginner has to know, and reads which server it is to be. It is for a
    /// terminal, before anything else reads from it.
    /// - Returns: nil if there is no answer.
    static func ask(_ directory: ConfigDirectory?, _ texts: Texts) async throws -> (place: Place, nick: Nickname?)? {
        let recent = try await recent(directory)
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

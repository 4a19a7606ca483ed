import ChatClient
import ChatCore
import ChatTerminal

/// Where a user wants to go who has not said: one of the last servers, or another.
enum RecentChoice {
    /// What is shown before the question.
    static func lines(_ recent: RecentServers, _ texts: Texts) -> [CleanText] {
        guard !recent.entries.isEmpty else { return texts.firstRun.map { CleanText($0) } }
        let entries = recent.entries.enumerated().map { index, entry in
            let words = ["\(entry.endpoint)", entry.room.map { "\($0)" }, entry.nick?.text].compactMap { $0 }
            return CleanText("  \(index + 1)  \(words.joined(separator: "  "))")
        }
        return [CleanText(texts.recentServers)] + entries
    }

    static func question(_ recent: RecentServers, _ texts: Texts) -> String {
        recent.entries.isEmpty ? texts.noRecentServer : texts.recentChoice(count: recent.entries.count)
    }

    /// What an answer means; nil: nothing, so that it is asked again.
    static func place(_ answer: String, among recent: RecentServers) -> (place: Place, nick: Nickname?)? {
        let words = answer.split(whereSeparator: \.isWhitespace)
        guard words.count < 2 else { return nil }
        if words.isEmpty { return recent.entries.first.map(place(of:)) ?? (.localhost, nil) }
        let word = String(words[0])
        if let number = Int(word) {
            return recent.entries.indices.contains(number - 1) ? place(of: recent.entries[number - 1]) : nil
        }
        return (try? Place(word)).map { ($0, nil) }
    }

    private static func place(of entry: RecentServers.Entry) -> (place: Place, nick: Nickname?) {
        var place = Place(endpoint: entry.endpoint)
        (place.room, place.pins) = (entry.room, entry.pins)
        return (place, entry.nick)
    }
}

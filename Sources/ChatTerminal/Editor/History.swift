/// What was sent before, and what has been typed since: the draft, and changes to what was fetched, are kept until a
/// line is sent.
struct History: Sendable {
    let limit: Int
    private(set) var entries: [String] = []
    /// Which entry is in the line; `entries.count` is the draft.
    private(set) var position = 0
    private var changed: [Int: String] = [:]

    init(limit: Int) {
        self.limit = limit
    }

    /// A line was sent. One like the last is not kept twice.
    mutating func add(_ text: String) {
        if entries.last != text { entries.append(text) }
        if entries.count > limit { entries.removeFirst(entries.count - limit) }
        forgetChanges()
    }

    mutating func forgetChanges() {
        changed.removeAll()
        position = entries.count
    }

    /// What stands at `place`, after what is in the line now was put aside; `nil` if there is nothing.
    mutating func go(to place: Int, from text: String) -> String? {
        guard place != position, (0...entries.count).contains(place) else { return nil }
        changed[position] = text
        position = place
        return changed[place] ?? (place < entries.count ? entries[place] : "")
    }

    /// The newest entry at `place` or before (after, if `later`) with `query` in it, and where in it, in characters.
    func find(_ query: String, from place: Int, later: Bool) -> (place: Int, offset: Int)? {
        var place = place
        while entries.indices.contains(place) {
            if let offset = Self.offset(of: query, in: entries[place]) { return (place, offset) }
            place += later ? 1 : -1
        }
        return nil
    }

    /// Small letters find capitals too.
    private static func offset(of query: String, in entry: String) -> Int? {
        let isExact = query.contains(where: \.isUppercase)
        let wanted = Array(query)
        let text = isExact ? Array(entry) : entry.map { $0.lowercased().first ?? $0 }
        guard !wanted.isEmpty, wanted.count <= text.count else { return nil }
        return (0...(text.count - wanted.count)).last { text[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}

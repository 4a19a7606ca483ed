/// How a room is entered by one who keeps count of what it has seen.
public struct Entry: Sendable, Equatable {
    /// Taken first; if it cannot be had, nothing is entered.
    public var name: Nickname?
    public var start: Start
    /// Of an earlier connection, whose place is taken over.
    public var session: SessionSecret?

    public init(as name: Nickname? = nil, from start: Start = .now, session: SessionSecret? = nil) {
        self.name = name
        self.start = start
        self.session = session
    }

    /// From where on the room's events are wanted.
    public enum Start: Sendable, Equatable {
        /// What comes after one's own entering.
        case now
        /// What has a greater number. The epoch is that of the number, if it is known.
        case after(UInt64, of: Epoch?)
        /// So many messages of before, and what follows.
        case last(Int)
    }
}

/// Which part of a room's past is wanted: at most `limit` events with numbers between the two, neither of them included.
///
/// The newest of them, unless only `after` is given: then the oldest.
public struct Past: Sendable, Equatable {
    /// If not empty, only messages in which all of these are found; then `after` means nothing.
    public var words: [String] = []
    public var after: UInt64?
    public var before: UInt64?
    /// 1 to ``most``.
    public var limit: Int

    public static let most = 500
    /// If nothing else is said.
    public static let usual = 50

    public init(after: UInt64? = nil, before: UInt64? = nil, limit: Int = Past.usual) {
        self.after = after
        self.before = before
        self.limit = min(max(limit, 1), Self.most)
    }

    /// The newest messages in which all words of a text are found.
    /// - Returns: nil if there are no words in it, too many, or one that is too long.
    public init?(search text: CleanText, before: UInt64? = nil, limit: Int = Past.usual) {
        let words = text.string.split(separator: " ").map(String.init)
        guard (1...WordSearch.mostWords).contains(words.count),
            words.allSatisfy({ $0.utf8.count <= WordSearch.longestWord })
        else { return nil }
        self.init(before: before, limit: limit)
        self.words = words
    }
}

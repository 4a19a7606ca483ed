public import ChatCore

/// What the prompt says: where one is, who one is, and how the connection is.
///
/// `#lobby alice ✓ › `, where the sign says that the name is kept for the user's key, and while there is no connection
/// `#lobby alice … reconnecting in 4 s › `. Other rooms in which something is new stand there with its count, and a `!`
/// where the user is called: `#lobby alice ✓ #tea 3! › `.
public struct PromptState: Sendable, Equatable {
    public enum Connection: Sendable, Equatable {
        case connecting
        case connected
        /// It is tried again in so many seconds.
        case waiting(seconds: Int)
        /// It is over.
        case closed
    }

    public var room: RoomName?
    /// nil: nobody yet.
    public var author: Author?
    public var connection: Connection
    /// The rooms of ``Rooms/list``.
    public var rooms: [Rooms.Entry]

    public init(
        room: RoomName? = nil,
        author: Author? = nil,
        connection: Connection = .connecting,
        rooms: [Rooms.Entry] = []
    ) {
        (self.room, self.author, self.connection, self.rooms) = (room, author, connection, rooms)
    }

    /// The prompt, with the space behind it. It takes half of the width at most, and leaves out what is less important:
    /// first the names of other rooms, then how much is new in each, then one's own name, then all but the room.
    public func text(_ texts: Texts, width: Int) -> StyledText {
        let forms: [() -> StyledText] = [
            { line(name: true, news: news { "\($0.name)" }, texts) },
            { line(name: true, news: news { "\($0.number):" }, texts) },
            { line(name: true, news: sum, texts) },
            { line(name: false, news: sum, texts) },
            { line(name: false, news: sum, nil) },
            { line(name: false, news: StyledText(), nil) },
        ]
        for form in forms {
            let text = form()
            if Self.width(text) <= width / 2 { return text }
        }
        // Even the room is too long.
        let end = connection == .connected ? "› " : "…› "
        var name = room.map { CleanText("\($0)").string } ?? ""
        while !name.isEmpty, name.reduce(0, { $0 + columns($1) }) + end.count > width / 2 { name.removeLast() }
        return StyledText(name, .bold) + StyledText(end)
    }

    /// - Parameter texts: nil: the state in one sign.
    private func line(name: Bool, news: StyledText, _ texts: Texts?) -> StyledText {
        var parts: [StyledText] = []
        if let room { parts.append(StyledText(CleanText("\(room)").string, Style(nil, bold: true, isolated: true))) }
        if name, let author { parts.append(StyledText(CleanText(author.label).string, Style(isolated: true))) }
        if let sign = sign(texts) { parts.append(sign) }
        if !news.isEmpty { parts.append(news) }
        parts.append("› ")
        return parts.dropFirst().reduce(parts.first ?? StyledText()) { $0 + " " + $1 }
    }

    private func sign(_ texts: Texts?) -> StyledText? {
        switch connection {
        case .connected: return author?.isVerified == true ? StyledText("✓", Style(.green)) : nil
        case .connecting, .waiting, .closed:
            let words = texts.map { " " + $0.connection(connection) } ?? ""
            return StyledText((connection == .closed ? "✗" : "…") + words, Style(.yellow))
        }
    }

    private var others: [Rooms.Entry] { rooms.filter { !$0.isShown && ($0.unread > 0 || $0.mentions > 0) } }

    private func news(_ name: (Rooms.Entry) -> String) -> StyledText {
        var text = StyledText()
        for entry in others {
            if !text.isEmpty { text.append(" ") }
            let label = name(entry)
            text.append(CleanText(label + (label.hasSuffix(":") ? "" : " ")).string)
            text += Self.count(entry.unread, isCall: entry.mentions > 0)
        }
        return text
    }

    private var sum: StyledText {
        guard !others.isEmpty else { return StyledText() }
        return "+" + Self.count(others.reduce(0) { $0 + $1.unread }, isCall: others.contains { $0.mentions > 0 })
    }

    private static func count(_ unread: Int, isCall: Bool) -> StyledText {
        StyledText(unread > 999 ? "999+" : "\(unread)") + (isCall ? StyledText("!", .bold) : StyledText())
    }

    private static func width(_ text: StyledText) -> Int { text.string.reduce(0) { $0 + columns($1) } }
}

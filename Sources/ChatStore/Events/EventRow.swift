internal import ChatCore

/// An event as columns. What stands in which is told in ``Schema``.
struct EventRow {
    var kind: EventKind
    var author: Author
    var other: Author?
    var number: Int64?
    var text: CleanText?

    init(_ body: Event.Body) {
        switch body {
        case .said(let author, let text): self.init(.said, author, text: text)
        case .acted(let author, let text): self.init(.acted, author, text: text)
        case .announced(let text, let author): self.init(.announced, author, text: text)
        case .forgotten(let author): self.init(.forgotten, author)
        case .entered(let author): self.init(.entered, author)
        case .left(let author): self.init(.left, author)
        case .renamed(let before, let after): self.init(.renamed, before, after)
        case .topic(let text, let author): self.init(.topic, author, text: text)
        case .forgot(let author): self.init(.forgot, author)
        case .ruled(let ruling, let author): self.init(ruling, by: author)
        }
    }

    private init(_ ruling: Ruling, by author: Author) {
        switch ruling {
        case .kicked(let whom, let reason): self.init(.kicked, author, whom, text: reason)
        case .banned(let whom, let seconds, let reason):
            self.init(.banned, author, whom, number: seconds.map(Int64.init), text: reason)
        case .muted(let whom, let seconds): self.init(.muted, author, whom, number: seconds.map(Int64.init))
        case .unmuted(let whom): self.init(.unmuted, author, whom)
        case .moderator(let whom, let may): self.init(.moderator, author, whom, number: may ? 1 : 0)
        case .slow(let seconds): self.init(.slow, author, number: Int64(seconds))
        case .lockdown(let isOn): self.init(.lockdown, author, number: isOn ? 1 : 0)
        case .isPrivate(let isOn): self.init(.isPrivate, author, number: isOn ? 1 : 0)
        }
    }

    init(_ kind: EventKind, _ author: Author, _ other: Author? = nil, number: Int64? = nil, text: CleanText? = nil) {
        (self.kind, self.author, self.other, self.number, self.text) = (kind, author, other, number, text)
    }

    /// nil if a column that this kind needs is empty.
    var body: Event.Body? {
        switch kind {
        case .said: text.map { .said(author, $0) }
        case .acted: text.map { .acted(author, $0) }
        case .announced: text.map { .announced($0, by: author) }
        case .forgotten: .forgotten(author)
        case .entered: .entered(author)
        case .left: .left(author)
        case .renamed: other.map { .renamed(from: author, to: $0) }
        case .topic: .topic(text, by: author)
        case .forgot: .forgot(author)
        default: ruling.map { .ruled($0, by: author) }
        }
    }

    private var ruling: Ruling? {
        switch kind {
        case .kicked: other.map { .kicked($0, reason: text) }
        case .banned: other.map { .banned($0, seconds: number.map(Int.init), reason: text) }
        case .muted: other.map { .muted($0, seconds: number.map(Int.init)) }
        case .unmuted: other.map { .unmuted($0) }
        case .moderator: other.flatMap { whom in number.map { .moderator(whom, $0 != 0) } }
        case .slow: number.map { .slow(seconds: Int($0)) }
        case .lockdown: number.map { .lockdown($0 != 0) }
        case .isPrivate: number.map { .isPrivate($0 != 0) }
        default: nil
        }
    }
}

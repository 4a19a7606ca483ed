internal import ChatCore

/// What a line of a feed is about, for those who do not want to see every line.
struct LineMark: Equatable {
    enum Kind: UInt8 {
        case speech, news, other
    }

    let author: UInt64
    /// Of the author's name, in this process alone; 0 if there is none. Two names may share one, which at worst ignores
    /// somebody too many.
    let name: UInt32
    /// Of the day, where the server is.
    let minute: UInt16
    let kind: Kind

    init(_ body: borrowing Event.Body, minute: UInt16) {
        let author = body.author
        self.author = author.member.number
        name = Self.name(of: author)
        self.minute = minute
        kind = body.isNews ? .news : body.isSpeech ? .speech : .other
    }

    static func name(of author: Author) -> UInt32 {
        author.name.map { UInt32(truncatingIfNeeded: $0.hashValue) | 1 } ?? 0
    }

    /// `10:31 `.
    func appendClock(to bytes: inout [UInt8]) {
        append(minute / 60, UInt8(ascii: ":"), to: &bytes)
        append(minute % 60, UInt8(ascii: " "), to: &bytes)
    }

    private func append(_ number: UInt16, _ end: UInt8, to bytes: inout [UInt8]) {
        bytes += [UInt8(ascii: "0") + UInt8(number / 10), UInt8(ascii: "0") + UInt8(number % 10), end]
    }
}

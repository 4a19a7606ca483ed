internal import ChatCore

/// All that the terminal client says to its user, in the user's language, in one place: this folder.
///
/// Each text stands with its translation, so that none is forgotten. Numbers are written by ``counted(_:_:_:)``, which
/// knows the plural. What has words elsewhere, such as the core's refusals and the errors of a
/// connection, has those in English, and the others here. The reason that a person gives, and what the system or a server of a
/// newer kind says, is passed on as it is.
public struct Texts: Sendable, Hashable {
    public let language: Language

    public init(_ language: Language) {
        self.language = language
    }

    func pick(_ english: String, _ chinese: String) -> String {
        switch language {
        case .english: english
        case .chinese: chinese
        }
    }

    func pick(_ english: Sentence, _ chinese: Sentence) -> Sentence {
        switch language {
        case .english: english
        case .chinese: chinese
        }
    }

    /// `1 line`, `2 lines`; `2 行`.
    func counted(_ count: some BinaryInteger, _ english: (one: String, many: String), _ chinese: String) -> String {
        pick("\(count) \(count == 1 ? english.one : english.many)", "\(count) \(chinese)")
    }

    /// `bob, carol` or, of more than `most`, `bob, carol and 3 others`.
    /// - Parameter more: how many there are besides.
    func list(_ authors: [Author], more: Int = 0, most: Int = 8) -> Sentence {
        let shown = authors.prefix(authors.count == most + 1 && more == 0 ? most + 1 : most)
        var parts: [Sentence.Part] = []
        for author in shown {
            if !parts.isEmpty { parts.append(.words(pick(", ", "、"))) }
            parts.append(.name(author))
        }
        let rest = authors.count - shown.count + more
        if rest > 0 {
            let others = rest == 1 ? "1 other" : "\(rest) others"
            parts.append(.words(pick(" and \(others)", " 等 \(authors.count + more) 人")))
        }
        return Sentence(parts)
    }

    /// How long: `1d 2h`, `1天2小时`.
    func period(_ seconds: Int) -> String {
        let english = Period.text(seconds)
        guard language == .chinese else { return english }
        let units: [Character: String] = ["d": "天", "h": "小时", "m": "分钟", "s": "秒", " ": ""]
        return english.map { units[$0] ?? String($0) }.joined()
    }

    func span(_ seconds: Int?) -> String {
        guard let seconds else { return "" }
        return pick(" for \(period(seconds))", "，为期\(period(seconds))")
    }

    func because(_ reason: CleanText?) -> Sentence {
        guard let reason, !reason.isEmpty else { return Sentence([]) }
        return because("\(reason)")
    }

    func because(_ reason: Sentence) -> Sentence { pick(": \(reason)", "：\(reason)") }
}

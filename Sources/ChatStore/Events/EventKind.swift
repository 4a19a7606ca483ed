internal import ChatCore

/// What a row tells of, as a number that never changes its meaning. Messages have the lowest ones.
enum EventKind: Int64, CaseIterable {
    case said = 1
    case acted
    case announced
    case forgotten

    case entered = 11
    case left
    case renamed
    case topic
    case forgot

    case kicked = 21
    case banned
    case muted
    case unmuted
    case moderator
    case slow
    case lockdown
    case isPrivate

    /// As it is called in exports, and by the view `log`.
    var name: String { self == .isPrivate ? "private" : "\(self)" }

    init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    var isSpeech: Bool { rawValue <= Self.forgotten.rawValue }
}

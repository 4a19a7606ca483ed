internal import ChatCore

/// Asks the terminal to show something on the desktop, when its user has asked for that.
///
/// There is no standard: some terminals know OSC 9 (iTerm2, Windows Terminal, kitty), others OSC 777 (urxvt, foot, VTE of
/// some distributions). Who does not know it shows nothing.
public enum DesktopNotification: String, Sendable, CaseIterable {
    /// `OSC 9 ; TEXT ST`.
    case osc9
    /// `OSC 777 ; notify ; TITLE ; TEXT ST`.
    case osc777

    /// How many characters of a text are shown at most, and of a title.
    static let mostText = 200
    static let mostTitle = 60

    /// What to write. Whatever title and text are, it is one sequence that ends.
    public func sequence(_ alert: Showing.Alert) -> String {
        let count = alert.count > 1 ? " (\(alert.count))" : ""
        let title = Self.part(alert.title, Self.mostTitle) + count
        let text = Self.part(alert.text.string, Self.mostText)
        switch self {
        // What begins with a number and a semicolon means something else to some.
        case .osc9: return "\u{1B}]9;\(title): \(text)\u{1B}\\"
        case .osc777: return "\u{1B}]777;notify;\(title);\(text)\u{1B}\\"
        }
    }

    private static func part(_ text: String, _ most: Int) -> String {
        let clean = CleanText(text).string.replacing(";", with: ",")
        // Not by characters alone, of which one can be as long as it likes.
        let short = String(String.UnicodeScalarView(clean.unicodeScalars.prefix(4 * most))).prefix(most)
        return short.utf8.count < clean.utf8.count ? short + "…" : String(short)
    }
}

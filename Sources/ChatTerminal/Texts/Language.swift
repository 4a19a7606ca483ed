/// The languages that the terminal client speaks.
public enum Language: Sendable, Hashable, CaseIterable {
    case english
    /// Simplified Chinese.
    case chinese

    /// By the variables of POSIX, section 8.2, of which the first that is set and not empty counts: `LC_ALL`,
    /// `LC_MESSAGES`, `LANG`. Whatever begins with `zh` is Chinese, and all else English.
    public init(environment: [String: String]) {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let locale = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let language = locale.prefix { $0.isASCII && $0.isLetter }
        self = language.lowercased() == "zh" ? .chinese : .english
    }
}

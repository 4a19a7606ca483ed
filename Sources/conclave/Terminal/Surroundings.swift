import ChatTerminal
import Glibc

/// What the environment says of the terminal and of its user's language.
enum Surroundings {
    static var environment: [String: String] {
        let names = [
            "TERM", "COLORTERM", "NO_COLOR", "STY", "TMUX", "VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION",
            "KONSOLE_VERSION", "ALACRITTY_WINDOW_ID", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR", "TERM_PROGRAM", "LC_ALL",
            "LC_MESSAGES", "LANG",
        ]
        let found = names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
        return Dictionary(found) { $1 }
    }

    static var texts: Texts { Texts(Language(environment: environment)) }

    /// Whether somebody sits there who types and reads, at whatever terminal.
    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }
}

internal import Glibc

extension TerminalSession {
    public struct Configuration: Sendable {
        /// Where keys come from and where frames go: the standard input and output.
        public var input: Int32 = 0
        public var output: Int32 = 1
        public var prompt: StyledText = "> "
        /// The line, with its limits, in which nothing is typed yet.
        public var editor = LineEditor()
        /// What stands in place of the prompt while Ctrl-R looks for something.
        public var searchPrompt: @Sendable (_ query: String, _ isFound: Bool) -> StyledText = { query, isFound in
            StyledText("search ") + StyledText(query, isFound ? .bold : Style(.red)) + StyledText(": ")
        }
        /// What Enter asks before it sends several lines, with y, n and e for an answer: y sends them, and after any
        /// other they are in the line still. `nil`: they are sent without a question.
        public var lineQuestion: (@Sendable (_ lines: Int) -> StyledText)?
        public var depth: ColorDepth
        /// Whether the terminal breaks its rows anew when its width changes. Where one cannot know, `false`.
        public var reflows: Bool
        /// Whether signals and crashes are looked after: once for a process. A test with a terminal of its own does not.
        public var handlesSignals = true

        /// - Parameter environment: as the process has it; says what terminal it is.
        public init(environment: [String: String], color: ColorDepth.Wish = .auto) {
            depth = ColorDepth(wish: color, atTerminal: true, environment: environment)
            reflows = Self.isKnownToReflow(environment)
        }

        /// Those that say who they are. GNU screen cuts rows instead, as do xterm and the console of Linux.
        private static func isKnownToReflow(_ environment: [String: String]) -> Bool {
            let terminal = environment["TERM"] ?? ""
            if environment["STY"] != nil, environment["TMUX"] == nil { return false }
            let variables = [
                "TMUX", "VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "ALACRITTY_WINDOW_ID",
                "WEZTERM_PANE",
                "GHOSTTY_RESOURCES_DIR",
            ]
            let names = ["tmux", "alacritty", "xterm-kitty", "foot", "wezterm", "xterm-ghostty"]
            let programs = ["iTerm.app", "Apple_Terminal", "WezTerm", "ghostty", "vscode"]
            return variables.contains { environment[$0] != nil } || names.contains { terminal.hasPrefix($0) }
                || programs.contains(environment["TERM_PROGRAM"] ?? "")
        }
    }

    /// Whether a session can be opened there: both are a terminal, and it can move its cursor.
    public static func isPossible(
        environment: [String: String],
        input: Int32 = 0,
        output: Int32 = 1
    ) -> Bool {
        isatty(input) == 1 && isatty(output) == 1 && !["", "dumb"].contains(environment["TERM"] ?? "")
    }
}

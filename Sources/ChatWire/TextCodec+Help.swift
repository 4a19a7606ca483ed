public import ChatCore

/// What `/help` says, and what the README says of commands, both from the one table.
extension TextCodec {
    /// All commands, by subject; those of moderators are marked.
    /// - Parameter lineLimit: the longest line a member may send, in bytes.
    public static func help(lineLimit: Int) -> String {
        var lines =
            "* a line you type goes to everybody in the room; what you see of your own is the proof that it went\n"
        for subject in CommandSpec.Subject.allCases {
            lines += "* \(subject.rawValue)\n"
            for spec in CommandTable.all where spec.subject == subject { lines += "*   \(line(spec))\n" }
        }
        return lines + """
            * //...  say a line that begins with a slash
            * a line has at most \(lineLimit) bytes; whoever reads too slowly is told how many lines were missed
            * with openssl s_client, add -quiet or -nocommands: without it, lines that begin with Q, R, K or k are commands to
            * s_client and never get here; with -quiet the end of input does not leave the room, /quit does\n
            """
    }

    /// One command.
    public static func help(_ spec: CommandSpec) -> String {
        "* \(line(spec))\n"
    }

    public static func problem(_ problem: CommandProblem) -> String {
        "* \(problem)\n"
    }

    /// The commands as the README lists them, in Markdown.
    public static var commandTable: String {
        var rows = ["| command | what it does | who may |", "|---|---|---|"]
        for subject in CommandSpec.Subject.allCases {
            for spec in CommandTable.all where spec.subject == subject {
                let usage = spec.usage.replacing("|", with: "\\|")
                rows.append("| `\(usage)` | \(spec.summary) | \(spec.right.rawValue) |")
            }
        }
        return rows.joined(separator: "\n") + "\n"
    }

    private static func line(_ spec: CommandSpec) -> String {
        switch spec.right {
        case .anybody: "\(spec.usage)  \(spec.summary)"
        case .moderators, .operators: "\(spec.usage)  \(spec.summary) (\(spec.right.rawValue))"
        }
    }
}

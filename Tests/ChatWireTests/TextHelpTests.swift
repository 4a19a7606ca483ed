import ChatCore
import ChatWire
import Testing

@Suite struct TextHelpTests {
    private let help = TextCodec.help(lineLimit: 4096)

    @Test func `help has each command once, under its subject, with who may use it`() {
        expectServerLines(help)
        var place = help.startIndex
        for subject in CommandSpec.Subject.allCases {
            let heading = help.range(of: "\n* \(subject.rawValue)\n", in: place)
            #expect(heading != nil, "\(subject)")
            for spec in CommandTable.all where spec.subject == subject {
                let right = spec.right == .anybody ? "" : " (\(spec.right.rawValue))"
                let line = "\n*   \(spec.usage)  \(spec.summary)\(right)\n"
                let found = help.range(of: line, in: heading ?? place)
                #expect(found != nil, "\(spec.usage)")
                place = found ?? place
                #expect(TextCodec.help(spec) == "* \(line.dropFirst(5))")
            }
        }
        for spec in CommandTable.all {
            #expect(help.split(separator: "\n").count { $0.hasPrefix("*   \(spec.usage)  ") } == 1, "\(spec.usage)")
        }
    }

    @Test func `help names the limit that there is`() {
        #expect(help.contains("at most 4096 bytes"))
        #expect(TextCodec.help(lineLimit: 512).contains("at most 512 bytes"))
        #expect(help.contains("\n* //... "))
    }

    @Test(arguments: ["-quiet", "-nocommands", "Q, R, K or k", "end of input", "/quit"])
    func `welcome and help say what s_client does to lines`(words: String) {
        let welcome = TextCodec.welcome(MemberID(1), from: "", at: Timestamp(milliseconds: 0), utcOffset: 0)
        #expect(welcome.contains(words))
        #expect(help.contains(words))
    }

    @Test func `a problem is one line`() {
        let problem = CommandProblem("no", usage: "/x Y")
        #expect(TextCodec.problem(problem) == "* no; usage: /x Y\n")
        #expect(TextCodec.problem(CommandProblem("no", usage: nil)) == "* no\n")
    }

    @Test func `the README's table has a row of three cells for each command`() {
        let rows = TextCodec.commandTable.split(separator: "\n")
        #expect(rows.count == 2 + CommandTable.all.count)
        for row in rows {
            // A bar that is escaped does not end a cell.
            let bars = row.replacing("\\|", with: "").count { $0 == "|" }
            #expect(bars == 4 && row.hasPrefix("|") && row.hasSuffix("|"), "\(row)")
        }
        #expect(rows.contains("| `/quiet on\\|off` | on: no lines about who enters, leaves and is renamed | anybody |"))
        #expect(rows.contains("| `/kick NAME [REASON]` | put somebody out of the room | moderators |"))
    }
}

extension String {
    /// Where `text` is found first after `start`: where its last character begins, for lines share their ends.
    fileprivate func range(of text: String, in start: Index) -> Index? {
        self[start...].firstRange(of: text).map { index(before: $0.upperBound) }
    }
}

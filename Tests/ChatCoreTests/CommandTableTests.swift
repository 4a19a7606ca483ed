import Testing

@testable import ChatCore

@Suite struct CommandTableTests {
    @Test func `each name is there once, in lower-case letters`() {
        let names = CommandTable.all.map(\.name)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(!name.isEmpty && name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        }
    }

    @Test func `each command is found by its name in whatever case, and by nothing else`() {
        for spec in CommandTable.all {
            #expect(CommandTable[spec.name] == spec)
            #expect(CommandTable[spec.name.uppercased()] == spec)
            #expect(CommandTable[spec.name + "x"] == nil)
            #expect(CommandTable["/" + spec.name] == nil)
        }
        #expect(CommandTable[""] == nil)
    }

    @Test func `each subject has commands, each command a summary of one line, and none is free`() {
        for subject in CommandSpec.Subject.allCases {
            #expect(CommandTable.all.contains { $0.subject == subject })
        }
        for spec in CommandTable.all {
            #expect(!spec.summary.isEmpty && CleanText(spec.usage + spec.summary).string == spec.usage + spec.summary)
            #expect(spec.cost >= 1)
            #expect(spec.usage == (spec.arguments.isEmpty ? "/\(spec.name)" : "/\(spec.name) \(spec.arguments)"))
        }
    }

    /// Without what they need, commands say what that is and how they are used.
    @Test func `a command that needs an argument says so without it, and one that takes none refuses one`() throws {
        for spec in CommandTable.all where spec.name != "quit" {
            let needs = !spec.arguments.isEmpty && !spec.arguments.hasPrefix("[")
            do {
                let read = try CommandTable.read(spec.name.unicodeScalars[...])
                #expect(!needs && read.spec == spec, "\(spec.usage)")
            } catch {
                #expect(needs && error.usage == spec.usage && error.reason.hasSuffix("is missing"), "\(error)")
            }
            guard spec.arguments.isEmpty else { continue }
            #expect(throws: CommandProblem(.tooManyWords, of: spec)) {
                try CommandTable.read("\(spec.name) x".unicodeScalars[...])
            }
        }
    }

    @Test(
        arguments: [
            ("mee", "me"), ("jion", "join"), ("jon", "join"), ("joinn", "join"), ("hlep", "help"), ("hel", "help"),
            ("nikc", "nick"), ("whp", "who"), ("tpoic", "topic"), ("unmut", "unmute"), ("annuonce", "announce"),
            ("lokcdwon", "lockdown"), ("qiut", "quit"), ("raply", "reply"), ("HLEP", "help"), ("o", "op"),
        ])
    func `a slip of the hand has the command that was meant for an answer`(typed: String, meant: String) {
        #expect(CommandTable.nearest(to: typed.lowercased()) == meant)
        let problem = CommandTable.unknown(typed)
        #expect(problem.reason == "there is no command /\(typed); did you mean /\(meant)? /help lists all")
        #expect(problem.usage == nil)
    }

    @Test(arguments: ["", "x", "xyz", "nothing", "\u{1F600}", "\u{301}", "aaaaaaaaaa", "password"])
    func `what is like no command has no suggestion`(typed: String) {
        #expect(CommandTable.nearest(to: typed) == nil)
        #expect(CommandTable.unknown(typed).reason == "there is no command /\(typed); /help lists all")
    }

    @Test func `every command is the nearest to itself, and to itself with one letter changed or two swapped`() {
        for spec in CommandTable.all {
            #expect(CommandTable.nearest(to: spec.name) == spec.name)
            guard spec.name.count >= 5 else { continue }
            var letters = Array(spec.name)
            letters.swapAt(2, 3)
            #expect(CommandTable.nearest(to: String(letters)) == spec.name)
            #expect(CommandTable.nearest(to: "x" + spec.name.dropFirst()) == spec.name)
        }
    }

    @Test(arguments: [
        String(repeating: "n", count: 4096), "e" + String(repeating: "\u{301}", count: 2000),
        String(repeating: "\u{1F468}\u{200D}", count: 500),
    ])
    func `of a long name only the beginning comes back`(name: String) {
        let start = String(name.unicodeScalars.prefix(32))
        #expect(CommandTable.unknown(name).reason == "there is no command /\(start); /help lists all")
    }
}

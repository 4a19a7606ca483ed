/// What anybody may ask for.
extension CommandTable {
    static let speech = section(
        .speech,
        [
            CommandSpec("me", "TEXT", "say what you do: /me waves") { arguments in
                .act(.act(try arguments.text(.action)))
            },
            CommandSpec("msg", "NAME TEXT", "say something to one member alone, wherever it is") { arguments in
                .act(.whisper(to: try arguments.whom(), try arguments.text(.text)))
            },
            CommandSpec("reply", "TEXT", "answer the last private message") { arguments in
                .act(.answer(try arguments.text(.text)))
            },
            CommandSpec("history", "[N]", "show the last N messages again, 50 if you do not say", cost: 10) {
                arguments in
                .act(.history(arguments.isEmpty ? 50 : try arguments.number(.count, in: 1...1000)))
            },
            CommandSpec("search", "WORDS", "show the newest messages of the room with all these words", cost: 10) {
                arguments in
                let text = try arguments.text(.search)
                guard let past = Past(search: text, limit: 20) else {
                    throw Arguments.Problem.tooManyWordsToFind(
                        limit: WordSearch.mostWords,
                        longest: WordSearch.longestWord
                    )
                }
                return .act(.past(past))
            },
            CommandSpec("forget", "me", "take back all that you have said since you came, in all rooms", cost: 50) {
                arguments in
                guard try arguments.word(.me).lowercased() == "me" else {
                    throw Arguments.Problem.notYourself
                }
                return .act(.forget)
            },
        ]
    )

    static let names = section(
        .names,
        [
            CommandSpec("nick", "NAME", "take a name: 1 to 32 letters, digits, - _ . of any script", cost: 5) {
                arguments in
                .act(.name(try arguments.nickname()))
            },
            CommandSpec("who", "[NAME]", "list who is in the room, or whose names begin so", cost: 10) { arguments in
                .act(.listMembers(prefix: arguments.next() ?? ""))
            },
            CommandSpec("whois", "NAME", "show somebody's number, key, and TLS version and cipher", cost: 2) {
                arguments in
                .act(.whois(try arguments.whom()))
            },
            CommandSpec(
                "verify",
                "[NAME]",
                "show the four words of your connection, or of somebody's, to compare by voice",
                cost: 2
            ) { arguments in
                .act(.verify(arguments.isEmpty ? nil : try arguments.whom()))
            },
            CommandSpec("release", "NAME", "have a name kept for your key no more; operators release any", cost: 5) {
                arguments in
                .act(.release(try arguments.nickname()))
            },
            CommandSpec(
                "link",
                "[CODE]",
                "a code for your other key to join your account; with CODE, join it with this key",
                cost: 5
            ) { arguments in
                guard let word = arguments.next() else { return .act(.makeCode) }
                // In two groups, perhaps with a space between them.
                guard let code = LinkCode(word + (arguments.next() ?? "")) else {
                    throw Arguments.Problem.noCode
                }
                return .act(.useCode(code))
            },
            CommandSpec("away", "[TEXT]", "leave word for who writes to you alone; without TEXT you are back") {
                arguments in
                .act(.away(arguments.text()))
            },
        ]
    )

    static let rooms = section(
        .rooms,
        [
            CommandSpec("rooms", "[NAME]", "list the rooms, or those whose names begin so", cost: 10) { arguments in
                .act(.listRooms(prefix: arguments.next() ?? ""))
            },
            CommandSpec("join", "ROOM", "go to another room; if there is none, it is made and yours", cost: 5) {
                arguments in
                .act(.join(try arguments.room(), only: true))
            },
            CommandSpec("leave", "", "leave the room, and stay on the server", cost: 5) { _ in .act(.leave) },
            CommandSpec(
                "topic",
                "[TEXT]",
                "show what the room is about; moderators set it, and take it away with -",
                cost: 2
            ) {
                arguments in
                guard let text = arguments.text() else { return .act(.topic(nil)) }
                return .act(.topic(text.string == "-" ? CleanText("") : text))
            },
            CommandSpec("invite", "NAME", "ask somebody in; where the door is closed, moderators only", cost: 2) {
                arguments in
                .act(.invite(try arguments.whom()))
            },
        ]
    )

    static let view = section(
        .view,
        [
            CommandSpec("quiet", "on|off", "on: no lines about who enters, leaves and is renamed") { arguments in
                .act(.aside(.show(.quiet(try arguments.onOrOff()))))
            },
            CommandSpec("echo", "on|off", "off: what you say yourself is not shown to you") { arguments in
                .act(.aside(.show(.echo(try arguments.onOrOff()))))
            },
            CommandSpec("time", "on|off", "on: the time before each line") { arguments in
                .act(.aside(.show(.time(try arguments.onOrOff()))))
            },
            CommandSpec("ignore", "NAME", "show nothing that this member says") { arguments in
                .act(.ignore(try arguments.whom(), true))
            },
            CommandSpec("unignore", "NAME", "show it again") { arguments in
                .act(.ignore(try arguments.whom(), false))
            },
        ]
    )

    static let server = section(
        .server,
        [
            CommandSpec("help", "[COMMAND]", "this list, or one command of it", cost: 2) { arguments in
                guard let name = arguments.next() else { return .act(.aside(.help(nil))) }
                let bare = name.hasPrefix("/") ? String(name.dropFirst()) : name
                guard let spec = Self[bare] else { throw unknown(bare).cause }
                return .act(.aside(.help(spec)))
            },
            CommandSpec("status", "", "show your TLS version, cipher and group, and your key and names", cost: 2) { _ in
                .act(.status)
            },
            CommandSpec("quit", "", "leave the server") { arguments in
                _ = arguments.text()  // a last word: people are used to say one, and leave all the same
                return .quit
            },
        ]
    )
}

/// What moderators and operators may ask for.
extension CommandTable {
    static let moderation = section(
        .moderation,
        [
            CommandSpec("kick", "NAME [REASON]", "put somebody out of the room", right: .moderators) { arguments in
                .act(.kick(try arguments.whom(), reason: arguments.text()))
            },
            CommandSpec(
                "ban",
                "NAME|KEY|ADDRESS/PREFIX [DURATION] [REASON]",
                "keep somebody out: for 90s, 10m, 2h, 7d, or for good; only operators ban addresses",
                right: .moderators
            ) { arguments in
                let word = try arguments.word(.name)
                if let key = KeyFingerprint(word) {
                    return .act(.ban(.key(key), seconds: try arguments.duration(), reason: arguments.text()))
                }
                let range = AddressRange(word)
                guard range != nil || !word.contains(where: { $0 == "/" || $0 == ":" }) else {
                    throw Arguments.Problem.noAddress(String(word.prefix(50)))
                }
                let target = range.map(BanTarget.addresses) ?? .member(Whom(word))
                return .act(.ban(target, seconds: try arguments.duration(), reason: arguments.text()))
            },
            CommandSpec("unban", "NAME|KEY|ADDRESS/PREFIX", "take a ban back", right: .moderators, cost: 2) {
                arguments in
                .act(.unban(try arguments.word(.name)))
            },
            CommandSpec("bans", "", "list the bans of the room", right: .moderators, cost: 5) { _ in .act(.listBans) },
            CommandSpec("mute", "NAME [DURATION]", "let somebody read, and say nothing", right: .moderators) {
                arguments in
                .act(.mute(try arguments.whom(), seconds: try arguments.duration()))
            },
            CommandSpec("unmute", "NAME", "let somebody speak again", right: .moderators, cost: 2) { arguments in
                .act(.unmute(try arguments.whom()))
            },
            CommandSpec("op", "NAME", "let somebody moderate this room too", right: .moderators) { arguments in
                .act(.setModerator(try arguments.whom(), true))
            },
            CommandSpec("deop", "NAME", "take that back", right: .moderators) { arguments in
                .act(.setModerator(try arguments.whom(), false))
            },
            CommandSpec("slow", "SECONDS", "one line from each in so many seconds; 0: any number", right: .moderators) {
                arguments in
                .act(.slow(seconds: try arguments.number(.seconds, in: 0...86_400)))
            },
            CommandSpec("lockdown", "on|off", "on: nobody comes in but who is invited", right: .moderators) {
                arguments in
                .act(.lockdown(try arguments.onOrOff()))
            },
            CommandSpec("private", "on|off", "on: as /lockdown, and /rooms does not list the room", right: .moderators)
            { arguments in
                .act(.setPrivate(try arguments.onOrOff()))
            },
            CommandSpec("announce", "TEXT", "say something to everybody in every room", right: .operators) {
                arguments in
                .act(.announce(try arguments.text(.text)))
            },
            CommandSpec(
                "admit",
                "KEY [NAME]",
                "let a key come in where only members may, and keep NAME for it",
                right: .operators,
                cost: 5
            ) { arguments in
                .act(.admit(try arguments.key(), arguments.isEmpty ? nil : try arguments.nickname()))
            },
            CommandSpec("oper", "NAME PASSWORD", "become an operator, who may moderate everything", cost: 5) {
                arguments in
                .becomeOperator(
                    account: try arguments.word(.name),
                    password: try arguments.text(.password).string
                )
            },
        ]
    )
}

import ArgumentParser

/// What is said, how fast, and for how long.
struct TalkOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many of the clients speak, in turn.", valueName: "n"))
    var senders = 1

    @Option(help: ArgumentHelp("Bytes of a message, its line end not counted: 29 to 4096.", valueName: "bytes"))
    var size = 64

    @Option(help: ArgumentHelp("Messages in flight, in all. (default: 64)", valueName: "n"))
    var window: Int?

    @Option(help: ArgumentHelp("Lines that a sender hands over in one piece. (default: 1)", valueName: "k"))
    var burst: Int?

    @Option(help: ArgumentHelp("Messages a second in all, instead of a number in flight.", valueName: "n"))
    var rate: Double?

    @Option(help: ArgumentHelp("How long to talk before it is measured. (default: 1)", valueName: "seconds"))
    var warmup: Double?

    @Option(help: ArgumentHelp("How long to measure. (default: 5)", valueName: "seconds"))
    var duration: Double?

    @Option(
        help: ArgumentHelp(
            "Instead of a time: send so many, without a warm-up, and end when all are delivered.",
            valueName: "n"
        )
    )
    var messages: Int?

    func apply(to plan: inout LoadPlan) throws {
        guard (1...min(65_536, plan.clients)).contains(senders) || plan.activity != .talk else {
            throw ValidationError("--senders takes a number from 1 to that of the clients, and to 65536")
        }
        guard (Stamp.length...4096).contains(size) else { throw ValidationError("--size takes 29 to 4096 bytes") }
        plan.senders = senders
        plan.size = size
        plan.pace = try pace()
        plan.length = try length()
    }

    private func pace() throws -> LoadPlan.Pace {
        if let rate {
            guard window == nil, burst == nil else {
                throw ValidationError("--rate excludes --window and --burst")
            }
            guard rate > 0, rate <= 1e6 else { throw ValidationError("--rate takes a number above 0, to a million") }
            return .open(rate: rate)
        }
        let (window, burst) = (window ?? 64, burst ?? 1)
        guard (1...1_000_000).contains(window) else { throw ValidationError("--window takes a number from 1") }
        guard (1...window).contains(burst) else {
            throw ValidationError("--burst takes a number from 1 to that of --window, which is \(window)")
        }
        return .closed(Window(size: window), burst: burst)
    }

    private func length() throws -> LoadPlan.Length {
        if let messages {
            guard warmup == nil, duration == nil else {
                throw ValidationError("--messages excludes --warmup and --duration")
            }
            guard (1...1_000_000_000).contains(messages) else {
                throw ValidationError("--messages takes a number from 1")
            }
            return .messages(messages)
        }
        let (warmup, duration) = (warmup ?? 1, duration ?? 5)
        guard (0...3600).contains(warmup), duration > 0, duration <= 3600 else {
            throw ValidationError("--warmup and --duration take seconds, at most 3600")
        }
        return .time(warmup: warmup, duration: duration)
    }
}

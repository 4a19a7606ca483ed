import ArgumentParser

/// Who comes, and how.
struct CrowdOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Clients that listen to all that is said.", valueName: "n"))
    var clients = 100

    @Option(help: ArgumentHelp("Further clients that enter and then never read.", valueName: "n"))
    var stopped = 0

    @Option(help: ArgumentHelp("Handshakes at a time.", valueName: "n"))
    var inFlight = 64

    @Option(help: ArgumentHelp("For how long nothing may come until all is said to be quiet.", valueName: "ms"))
    var settle = 300

    @Flag(help: "Do not talk: connect, fall silent, leave.")
    var idle = false

    @Option(
        help: ArgumentHelp("Instead of talking, so many clients come one after the other and leave.", valueName: "n")
    )
    var visits: Int?

    @Flag(help: "Each visit waits for a first line.")
    var welcome = false

    func apply(to plan: inout LoadPlan) throws {
        guard (1...1_000_000).contains(clients) else { throw ValidationError("--clients takes a number from 1") }
        guard (0...1_000_000).contains(stopped) else { throw ValidationError("--stopped takes a number from 0") }
        guard inFlight > 0 else { throw ValidationError("--in-flight takes a number from 1") }
        guard (0...600_000).contains(settle) else { throw ValidationError("--settle takes 0 to 600000 milliseconds") }
        guard !idle || visits == nil else { throw ValidationError("--idle and --visits exclude each other") }
        guard !welcome || visits != nil else { throw ValidationError("--welcome belongs to --visits") }
        plan.clients = clients
        plan.stopped = stopped
        plan.handshakesInFlight = inFlight
        plan.settle = Double(settle) / 1000
        if idle { plan.activity = .idle }
        if let visits {
            guard visits > 0 else { throw ValidationError("--visits takes a number from 1") }
            plan.activity = .visits(waitsForWelcome: welcome)
            plan.clients = visits
        }
    }
}

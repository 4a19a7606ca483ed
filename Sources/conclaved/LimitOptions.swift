import ArgumentParser
import ChatCore
import ChatServer

/// Who may come in, and who may stay, on the command line. Everywhere 0 means that there is no limit.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many connections there may be; whoever finds no place is told so. (default: as many as the limit on open "
                + "files allows)",
            valueName: "n"
        )
    )
    var maxConnections: Int?

    @Option(
        help: ArgumentHelp(
            "How many connections one address may have. Here and below, IPv6 addresses with the same first 64 bits are one.",
            valueName: "n"
        )
    )
    var maxConnectionsPerAddress = ServerLimits().connectionsPerAddress

    @Option(
        help: ArgumentHelp(
            "How many TLS handshakes may be unfinished; one more, and the oldest is dropped. (default: "
                + "\(ServerLimits().handshakes), or half of --max-connections if that is less)",
            valueName: "n"
        )
    )
    var maxHandshakes: Int?

    @Option(help: ArgumentHelp("How many of those one address may have.", valueName: "n"))
    var maxHandshakesPerAddress = ServerLimits().handshakesPerAddress

    @Option(
        help: ArgumentHelp(
            "How many handshakes each thread answers at once before it looks after the members again.",
            valueName: "n"
        )
    )
    var handshakesPerTurn = ServerLimits().handshakesPerTurn

    @Option(
        help: ArgumentHelp(
            "How many connections a second one address may open; five seconds' worth at once.",
            valueName: "n"
        )
    )
    var connectionRate = ServerLimits().connectionsPerSecond

    @Flag(help: "Apply the limits for one address to this machine as well.")
    var limitLoopback = false

    @Option(
        help: ArgumentHelp("How long somebody may take nothing of what is to be read.", valueName: "seconds")
    )
    var stallTimeout = Int(ServerLimits().stalled.components.seconds)

    @Option(help: ArgumentHelp("How long a member may say nothing.", valueName: "seconds"))
    var idleTimeout = 0

    func validate() throws {
        try check("--max-connections", maxConnections ?? 0, upTo: 1_000_000)
        try check("--max-connections-per-address", maxConnectionsPerAddress, upTo: 1_000_000)
        try check("--max-handshakes", maxHandshakes ?? 0, upTo: 1_000_000)
        try check("--max-handshakes-per-address", maxHandshakesPerAddress, upTo: 1_000_000)
        try check("--handshakes-per-turn", handshakesPerTurn, upTo: 1_000_000)
        try check("--connection-rate", connectionRate, upTo: 1_000_000)
        try check("--stall-timeout", stallTimeout, upTo: Self.year)
        try check("--idle-timeout", idleTimeout, upTo: Self.year)
    }

    private static let year = 365 * 24 * 60 * 60

    private func check(_ name: String, _ value: Int, upTo most: Int) throws {
        guard (0...most).contains(value) else {
            throw ValidationError("\(name) takes a number from 0 to \(most); 0 means no limit")
        }
    }

    /// - Parameter places: for how many connections there are enough files; 0 if that is not known.
    func apply(to limits: inout ServerLimits, places: Int) {
        limits.connections = maxConnections ?? places
        limits.connectionsPerAddress = maxConnectionsPerAddress
        // Strangers who never finish their handshake must not be all that there is room for.
        let half = limits.connections > 0 ? max(1, limits.connections / 2) : limits.handshakes
        limits.handshakes = maxHandshakes ?? min(limits.handshakes, half)
        limits.handshakesPerAddress = maxHandshakesPerAddress
        limits.handshakesPerTurn = handshakesPerTurn
        limits.connectionsPerSecond = connectionRate
        limits.includesLoopback = limitLoopback
        limits.rooms.accounts.includesLoopback = limitLoopback
        limits.stalled = .seconds(stallTimeout)
        limits.silent = .seconds(idleTimeout)
    }

    /// For how many connections `files` are enough, besides what the server itself needs open.
    static func places(files: UInt, threads: Int) -> Int {
        guard let files = Int32(exactly: files), files > 0 else { return 0 }
        // A thread has five for itself; the rest is for libraries, listeners, and those who are told that it is full.
        return max(1, Int(files) - 64 - 6 * threads)
    }
}

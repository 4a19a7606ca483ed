import ArgumentParser
import ChatServer
import CommandKit
import Glibc
import TLS

/// `conclave-bench load`
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Drive a server with many clients, and measure it.",
        discussion: """
            One thread holds all clients. They connect, fall silent until nothing comes any more, talk, and leave; each \
            phase is measured. With --connect it drives any server that sends a line on to all who are connected; \
            without, a server inside this process, which needs --cert and --key.

            A message is in flight until it has reached every receiver on average. With --rate messages are sent at even \
            intervals instead, and their latency counts from when they were due.
            """
    )

    @Option(
        help: ArgumentHelp("The server; without it, one in this process.", valueName: "host:port"),
        transform: address(of:)
    )
    var connect: ListenAddress?

    @Option(help: ArgumentHelp("The server's process, to measure its CPU time and memory.", valueName: "pid"))
    var pid: Int32?

    @Option(help: ArgumentHelp("The certificate of the server in this process, as PEM.", valueName: "file"))
    var cert: String?

    @Option(help: ArgumentHelp("The private key of the certificate, as PEM.", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("Threads of the server in this process.", valueName: "n"))
    var threads = 1

    @OptionGroup var crowd: CrowdOptions
    @OptionGroup var talk: TalkOptions

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func validate() throws {
        if connect == nil {
            guard cert != nil, key != nil else {
                throw ValidationError("give --connect HOST:PORT, or --cert and --key for a server in this process")
            }
            guard pid == nil else { throw ValidationError("--pid is for a server that --connect names") }
        } else if cert != nil || key != nil {
            throw ValidationError("--cert and --key are for a server in this process, without --connect")
        }
        guard (1...1024).contains(threads) else { throw ValidationError("--threads takes a number from 1 to 1024") }
        if let pid, ServerMeter.process(pid).processorTime == nil {
            throw ValidationError("there is no process \(pid) to measure; give --pid the server's number")
        }
        _ = try plan()
    }

    func run() async throws {
        FileLimit.raise()
        let plan = try plan()
        let report: LoadReport
        if let connect {
            let meter = pid.map { ServerMeter.process($0) } ?? .unknown
            report = try LoadRun(plan, against: SocketAddress(connect), measuredBy: meter).run()
        } else {
            guard let cert, let key else { preconditionFailure("validated before") }
            let identity = TLSIdentity(certificateFile: cert, keyFile: key)
            let server = try await InProcessServer.start(identity, threads: threads)
            // Blocks this thread, which nobody else needs: the server has its own.
            report = try LoadRun(plan, against: SocketAddress(server.address), measuredBy: .inProcess).run()
            await server.stop()
        }
        print(json ? try report.json() : report.text)
    }

    private func plan() throws -> LoadPlan {
        var plan = LoadPlan()
        try crowd.apply(to: &plan)
        try talk.apply(to: &plan)
        return plan
    }

    static func address(of text: String) throws -> ListenAddress {
        guard let address = ListenAddress(text) else {
            throw ValidationError("'\(text)' is not HOST:PORT; an IPv6 address stands in brackets, as in [::1]:2022")
        }
        return address
    }
}

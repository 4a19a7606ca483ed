import ArgumentParser
import ChatServer
import CommandKit
import Glibc
import TLS

/// `conclave-bench floor`
struct FloorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "floor",
        abstract: "Be the least server there can be, to compare with.",
        discussion: """
            One thread passes each line on to all, with the sender's number in front, over the TLS that conclaved uses. \
            It has no limits and no manners: it is no server for people. Ready, it prints where it listens. SIGTERM \
            ends it.
            """
    )

    @Option(
        help: ArgumentHelp("Where to listen; port 0 picks one.", valueName: "host:port"),
        transform: LoadCommand.address(of:)
    )
    var listen = ListenAddress(host: "127.0.0.1", port: 0)

    @Option(help: ArgumentHelp("The certificate, with its chain behind it, as PEM.", valueName: "file"))
    var cert: String

    @Option(help: ArgumentHelp("The private key of the certificate, as PEM.", valueName: "file"))
    var key: String

    @Flag(help: "A record for each line, rather than one for all lines that were read in one turn.")
    var lone = false

    func run() async throws {
        FileLimit.raise()
        let tls = try TLSContext(.server(TLSIdentity(certificateFile: cert, keyFile: key)))
        let floor = try Floor(on: listen, tls: tls, isLone: lone)
        // There is nothing to save and nobody to say goodbye to.
        signal(SIGTERM) { _ in _exit(EXIT_SUCCESS) }
        print("floor: listening on \(floor.address)")
        fflush(nil)
        while true { floor.turn(nanoseconds: 60_000_000_000) }
    }
}

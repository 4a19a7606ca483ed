import ArgumentParser
import ChatCore
import ChatServer
import ChatWire
import CommandKit
import Glibc
import TLS

/// Makes the link by which somebody joins without being asked whether it is the right server.
struct LinkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "Print a link with which others join: 'conclave LINK'.",
        usage: "conclaved link --cert <file> [--host <host[:port]>] [--next-key <file>] [--room <room>] [--qr]",
        discussion: """
            The link has the fingerprint of the server's key in it, so whoever follows it need not trust an authority, and is \
            not asked anything. Send it by a way on which nobody can change it. It is good as long as the key is; with \
            --next-key, as long as that one is. --cert names the server's certificate, more than once if it has several, and \
            --certificate those for a host of their own, as for the server itself; \
            there is a link for each --host, and without any one for the first name of the certificate, at port 2022.
            """
    )

    enum Problem: Error, Equatable {
        /// There is no name in the certificate that could stand in a link.
        case noHost
        /// More bytes than fit a code.
        case tooLongForCode(Int)
        case link(JoinLinkProblem)
    }

    /// Which takes --cert.
    @ParentCommand
    private var server: Conclaved

    @OptionGroup
    var reach: ReachOptions

    @Option(help: ArgumentHelp("The room that it leads to.", valueName: "room"), transform: room(of:))
    var room: RoomName?

    @Flag(help: "Draw it too, for the camera of a phone.")
    var qr = false

    func run() throws {
        guard !server.certificates.cert.isEmpty else {
            throw ValidationError("give the server's certificate with --cert")
        }
        let certificates = try server.certificates.cert.map { try TLSCertificate(pemFile: $0) }
        let nextKey = try reach.readNextKey(passphraseFile: server.certificates.keyPassphraseFile)
        let nextPins = [nextKey].compactMap { $0.flatMap { KeyFingerprint($0.fingerprint) } }
        let places = ServerNames(given: reach.host, certificates: certificates, listening: []).places
        guard !places.isEmpty else { throw Problem.noHost }
        for place in reach.host.isEmpty ? places.prefix(1) : places[...] {
            let named = try server.certificates.hosts.shown(for: place.host).map {
                try TLSCertificate(pemFile: $0.certificate)
            }
            let link = try Self.link(to: place, room, (named.isEmpty ? certificates : named).pins + nextPins)
            print(link)
            if qr { try Terminal.draw("\(link)") }
        }
        // A disk that is full must not look like success.
        guard fflush(nil) == 0 else { throw Terminal.Problem.cannotPrint(errno) }
    }

    private static func link(to place: JoinLink, _ room: RoomName?, _ pins: [KeyFingerprint]) throws -> JoinLink {
        do {
            return try JoinLink(host: place.host, port: place.port, room: room, pins: pins)
        } catch {
            throw Problem.link(error)
        }
    }

    private static func room(of text: String) throws -> RoomName {
        do {
            return try RoomName(text)
        } catch {
            throw ValidationError("--room: \(error)")
        }
    }
}

import ArgumentParser
import ChatClient
import ChatCore

/// Where to go, for commands that take something else as their arguments.
struct ServerOptions: ParsableArguments {
    @Option(
        name: .customLong("server"),
        help: ArgumentHelp("Where the server is; or a join link.", valueName: "host[:port]|link"),
        transform: Place.init(_:)
    )
    var otherServer: Place?

    @Option(
        name: .customLong("room"),
        help: ArgumentHelp("The room, if it is not #lobby or that of the link.", valueName: "room"),
        transform: Reading.room(of:)
    )
    var otherRoom: RoomName?

    @Option(help: ArgumentHelp("Take this name.", valueName: "name"), transform: Reading.nickname(of:))
    var nick: Nickname?

    @OptionGroup var trust: TrustOptions
    @OptionGroup var identity: IdentityOptions

    func validate() throws { try trust.validate(for: server) }

    var server: Place { otherServer ?? .localhost }

    var room: RoomName { otherRoom ?? server.room ?? .lobby }

    /// Connects over conclave/1.
    func connect() async throws -> ChatClient {
        try await ChatClient.connect(
            to: server.endpoint,
            trusting: trust.trust(in: server, as: try await identity.own())
        )
    }
}

/// Arguments as values.
enum Reading {
    static func nickname(of text: String) throws -> Nickname {
        do {
            return try Nickname(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    static func room(of text: String) throws -> RoomName {
        do {
            return try RoomName(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    static func endpoint(of text: String) throws -> Endpoint {
        guard let endpoint = Endpoint(text) else {
            throw ValidationError("'\(text)' is not HOST or HOST:PORT; an IPv6 address with a port stands in brackets")
        }
        return endpoint
    }

    static func choice<C: RawRepresentable & CaseIterable>(of text: String) throws -> C where C.RawValue == String {
        guard let choice = C(rawValue: text) else {
            throw ValidationError("'\(text)' is none of \(C.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    static func pin(of text: String) throws -> KeyFingerprint {
        guard let pin = KeyFingerprint(text) else {
            throw ValidationError("'\(text)' is not sha256: and 64 hexadecimal digits")
        }
        return pin
    }
}

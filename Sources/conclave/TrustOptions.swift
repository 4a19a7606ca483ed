import ArgumentParser
import ChatClient
import ChatCore
import ChatTerminal
import CommandKit
import TLS

/// Whom to believe.
struct TrustOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Believe the server that has this key, and no other; may be given several times.",
            valueName: "sha256:hex"
        ),
        transform: Reading.pin(of:)
    )
    var pin: [KeyFingerprint] = []

    @Option(
        help: ArgumentHelp(
            "Where no key is known, trust the authorities in this PEM file, and no others.",
            valueName: "file"
        )
    )
    var ca: String?

    @Option(
        help: ArgumentHelp("The name that the certificate has to be for, if it is not the host's.", valueName: "name")
    )
    var serverName: String?

    @Flag(help: "Believe any certificate. Whoever sits between you and the server can then read and change everything.")
    var dangerouslyAcceptAnyCertificate = false

    func validate() throws {
        if dangerouslyAcceptAnyCertificate {
            let flag = "--dangerously-accept-any-certificate"
            if ca != nil { throw ValidationError("--ca and \(flag) exclude each other") }
            if !pin.isEmpty { throw ValidationError("--pin and \(flag) exclude each other") }
        }
        if let serverName { try Self.check(serverName) }
    }

    static func check(_ name: String) throws {
        guard TLSPeerName(name) != nil else { throw ValidationError("'\(name)' is not a host name or an IP address") }
    }

    /// What it all means for a server.
    func validate(for place: Place) throws {
        if serverName == nil { try Self.check(place.endpoint.host) }
        if dangerouslyAcceptAnyCertificate, !place.pins.isEmpty {
            throw ValidationError("a link with a key and --dangerously-accept-any-certificate exclude each other")
        }
    }

    private var authority: TLSTrust {
        dangerouslyAcceptAnyCertificate ? .dangerouslyAcceptAny : ca.map { .authorities(file: $0) } ?? .system
    }

    /// - Parameters:
    ///   - identity: who we are; nil: a guest.
    ///   - tell: tells the user something that need not stop it.
    func trust(
        in place: Place,
        as identity: OwnIdentity?,
        tell: @escaping ServerTrust.Tell = { Conclave.complain("\($0)") }
    ) -> ServerTrust {
        let ask: ServerTrust.Ask = { await Terminal.ask($0) }
        return ServerTrust(
            TrustPolicy(pins: pin + place.pins, authority: authority),
            expecting: serverName.flatMap { TLSPeerName($0) },
            identity: identity,
            knownHosts: ConfigDirectory.standard?.knownHosts,
            ask: Terminal.isThere ? ask : nil,
            tell: tell
        )
    }
}

/// Who we are.
struct IdentityOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Be who this file says, and not ~/.config/conclave/identity.pem.", valueName: "file")
    )
    var identity: String?

    @Flag(help: "Show no key of your own: be nobody in particular.")
    var guest = false

    @Flag(
        name: .customLong("allow-identity-tls12"),
        help: "Show your key under TLS 1.2 too, where everybody on the way can read whose it is."
    )
    var allowIdentityTLS12 = false

    func validate() throws {
        if guest, identity != nil { throw ValidationError("--guest and --identity exclude each other") }
        if guest, allowIdentityTLS12 { throw ValidationError("--guest and --allow-identity-tls12 exclude each other") }
    }

    func own() async throws -> OwnIdentity? { try await key().map(shown) }

    /// Reads our key, or makes one the first time.
    /// - Parameter texts: how that is told.
    func key(_ texts: Texts = Texts(.english)) async throws -> ClientKey? {
        guard !guest else { return nil }
        if let identity { return try await Self.read(identity) }
        guard let path = ConfigDirectory.standard?.identityPath else { return nil }
        if let key = try await ClientKeyFile(path).read() { return key }
        do {
            let key = try await ClientKeyFile(path).make(.p256, on: WallClock.now())
            Conclave.complain(texts.madeKey(path: path))
            return key
        } catch {
            // Another may have made one just now; and a disk that takes nothing keeps nobody out.
            if let key = try await ClientKeyFile(path).read() { return key }
            Conclave.complain(texts.noKeyMade(reason: "\(error)"))
            return nil
        }
    }

    static func read(_ path: String) async throws -> ClientKey {
        guard let key = try await ClientKeyFile(path).read() else {
            throw ClientError.identity(path: path, "\(path) is not there; conclave identity new makes one")
        }
        return key
    }

    func shown(_ key: ClientKey) -> OwnIdentity {
        OwnIdentity(key.identity, isOfferedBefore13: allowIdentityTLS12)
    }
}

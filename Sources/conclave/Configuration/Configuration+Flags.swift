import ChatClient
import ChatCore

/// Flags that were given count more than the file; what was not given the file says.
extension Configuration {
    /// The file's word on whom to believe (`pin`, `ca`, `server-name`) is about the file's server. Who goes elsewhere goes
    /// without it, or would be told that the other server has the wrong key.
    func believes(_ place: Place) -> Bool {
        server.map { $0.endpoint == place.endpoint } ?? true
    }
}

extension TrustOptions {
    func filled(from configuration: Configuration, for place: Place) -> TrustOptions {
        guard configuration.believes(place), !dangerouslyAcceptAnyCertificate else { return self }
        var options = self
        // The keys of a link that was given count more too; those of the file's own link stand beside its pins.
        let isOfFile = place.pins == configuration.server?.pins
        if pin.isEmpty, place.pins.isEmpty || isOfFile { options.pin = configuration.pin }
        options.ca = ca ?? configuration.ca
        options.serverName = serverName ?? configuration.serverName
        return options
    }
}

extension IdentityOptions {
    func filled(from configuration: Configuration) -> IdentityOptions {
        var options = self
        if identity == nil, !guest {
            options.guest = configuration.guest ?? false
            options.identity = options.guest ? nil : configuration.identity
        }
        options.allowIdentityTLS12 = !options.guest && (allowIdentityTLS12 || configuration.allowIdentityTLS12 ?? false)
        return options
    }
}

extension ServerOptions {
    /// With what the user's file says.
    func settled(by configuration: Configuration? = nil) async throws -> ServerOptions {
        let configuration =
            if let configuration { configuration } else { try await Configuration.read() }
        var options = self
        options.otherServer = otherServer ?? configuration.server
        options.nick = nick ?? configuration.nick
        // A link that was given says where to go, and so does not the file.
        options.otherRoom = otherRoom ?? otherServer?.room ?? configuration.room
        options.trust = trust.filled(from: configuration, for: options.server)
        options.identity = identity.filled(from: configuration)
        try options.trust.validate(for: options.server)
        return options
    }
}

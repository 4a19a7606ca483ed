internal import Glibc

/// Where a client keeps what outlives it: the keys of servers, and its own.
public struct ConfigDirectory: Sendable, Equatable {
    public let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// `$XDG_CONFIG_HOME/conclave`, or else `~/.config/conclave`; nil if there is neither.
    public static var standard: ConfigDirectory? {
        // The specification has relative paths ignored.
        if let config = environment("XDG_CONFIG_HOME"), config.hasPrefix("/") {
            return ConfigDirectory(config + "/conclave")
        }
        return environment("HOME").map { ConfigDirectory($0 + "/.config/conclave") }
    }

    public var knownHosts: KnownHostsFile { KnownHostsFile(path + "/known_hosts") }

    /// Where the client's own key is, unless it is told otherwise.
    public var identityPath: String { path + "/identity.pem" }

    private static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}

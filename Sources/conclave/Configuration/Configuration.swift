import ArgumentParser
import ChatClient
import ChatCore
import ChatTerminal
import Glibc

/// What the user wants always: the settings of `~/.config/conclave/config.yaml`, which have the names of the flags. A
/// flag that is given counts more. What is nil, or empty, is not said.
struct Configuration: Sendable {
    var server: Place?
    var room: RoomName?
    var nick: Nickname?

    var pin: [KeyFingerprint] = []
    var ca: String?
    var serverName: String?
    var identity: String?
    var guest: Bool?
    var allowIdentityTLS12: Bool?

    var color: ColorDepth.Wish?
    var time: Look.Time?
    var plain: Bool?
    var noBell: Bool?
    var quiet: Bool?
    var notify: DesktopNotification?

    /// Each setting there is, by the name of its flag.
    enum Setting: String, CaseIterable {
        case server, room, nick
        case pin, ca
        case serverName = "server-name"
        case identity, guest
        case allowIdentityTLS12 = "allow-identity-tls12"
        case color, time, plain
        case noBell = "no-bell"
        case quiet, notify
    }

    /// The settings of this user; none if there is no such file.
    /// - Throws: a ``ConfigurationProblem``, or a `SettingsFile.Problem`.
    static func read(_ directory: ConfigDirectory? = .standard) async throws -> Configuration {
        guard let directory, let bytes = try await directory.configuration.read() else { return Configuration() }
        return try Configuration(bytes, path: directory.configuration.path)
    }

    /// - Parameters:
    ///   - value: as it stands in the file.
    ///   - directory: what paths are relative to.
    /// - Throws: a sentence about the value: a `ValidationError`.
    mutating func set(_ setting: Setting, to value: Value, in directory: String) throws {
        switch setting {
        case .server: server = try Place(value.text())
        case .room: room = try Reading.room(of: value.text())
        case .nick: nick = try Reading.nickname(of: value.text())
        case .pin: pin = try value.texts().map { try Reading.pin(of: $0) }
        case .ca: ca = Self.path(try value.text(), in: directory)
        case .serverName:
            let name = try value.text()
            try TrustOptions.check(name)
            serverName = name
        case .identity: identity = Self.path(try value.text(), in: directory)
        case .guest: guest = try value.bool()
        case .allowIdentityTLS12: allowIdentityTLS12 = try value.bool()
        case .color: color = try value.choice()
        case .time: time = try value.choice()
        case .plain: plain = try value.bool()
        case .noBell: noBell = try value.bool()
        case .quiet: quiet = try value.bool()
        case .notify: notify = try value.choice()
        }
    }

    private static func path(_ text: String, in directory: String) -> String {
        if text.hasPrefix("~/"), let home = getenv("HOME") { return String(cString: home) + text.dropFirst() }
        return text.hasPrefix("/") ? text : "\(directory)/\(text)"
    }

    /// A value as the file has it.
    enum Value: Sendable, Equatable {
        /// `isQuoted`: so it is a text, whatever it looks like.
        case one(String, isQuoted: Bool)
        case list([String])

        func text() throws -> String {
            guard case .one(let text, let isQuoted) = self, isQuoted || !["", "~", "null"].contains(text) else {
                throw ValidationError("takes one text")
            }
            return text
        }

        /// One text is a list of one.
        func texts() throws -> [String] {
            if case .list(let texts) = self { return texts }
            return [try text()]
        }

        func bool() throws -> Bool {
            switch self {
            case .one("true", isQuoted: false): return true
            case .one("false", isQuoted: false): return false
            default: throw ValidationError("takes true or false")
            }
        }

        func choice<C: RawRepresentable & CaseIterable>() throws -> C where C.RawValue == String {
            let names = C.allCases.map(\.rawValue)
            let list = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
            guard case .one(let text, _) = self, let choice = C(rawValue: text) else {
                throw ValidationError("takes \(list)")
            }
            return choice
        }
    }
}

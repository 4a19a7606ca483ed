public import ChatCore

/// Why a text is no join link.
public enum JoinLinkProblem: Error, Equatable, Sendable {
    /// It does not begin with `conclave://`.
    case noLink
    /// More than ``JoinLink/longest`` bytes.
    case tooLong
    /// There is an `@` in front of the path.
    case user
    /// No host, or one that is neither a name nor an IP address.
    case host
    /// Not a number from 1 to 65535.
    case port
    /// There is a `#`.
    case fragment
    /// There is more than one part in the path.
    case path
    /// A `%` without two hexadecimal digits, or what comes of them is not UTF-8.
    case encoding
    /// No room can have that name.
    case room(NameProblem)
    /// A pin that is not `sha256:` and 64 hexadecimal digits.
    case pin
    /// More than ``JoinLink/mostPins``.
    case tooManyPins
}

extension JoinLinkProblem: CustomStringConvertible {
    /// One line for whoever followed the link: what is wrong with it, and what it should be. Repeats nothing of it.
    public var description: String {
        switch self {
        case .noLink:
            "that is no join link: one looks like conclave://HOST:PORT/ROOM?pin=sha256:…"
        case .tooLong:
            "that join link is too long: one has at most \(JoinLink.longest) bytes"
        case .user:
            "a join link has no name before an @: it begins with conclave://HOST; give your own name with --nick"
        case .host:
            "that join link has no host that can be read: it takes a name such as chat.example.org, an IPv4 address, or an "
                + "IPv6 address in brackets"
        case .port:
            "that join link has no port that can be read: after the host and a colon it takes a number from 1 to 65535"
        case .fragment:
            "a join link has no # in it: the room stands behind a / without it, as in conclave://HOST/lobby"
        case .path:
            "a join link leads to one room: there can be no second / behind the host"
        case .encoding:
            "that join link is damaged: a % in it is not followed by what it should be; ask for it again"
        case .room(let problem):
            "that join link leads to no room: \(problem)"
        case .pin:
            "that join link has a pin that is damaged: it takes sha256: and 64 hexadecimal digits; ask for the link again, "
                + "and do not go without the pin"
        case .tooManyPins:
            "that join link has too many pins: there can be \(JoinLink.mostPins)"
        }
    }
}

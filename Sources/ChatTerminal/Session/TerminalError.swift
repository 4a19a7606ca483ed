internal import Glibc

/// Why a terminal cannot be used.
public enum TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Input or output is none, or `TERM` says that it can do nothing.
    case notATerminal
    /// There is a session in this process already, and it is not closed.
    case inUse
    /// The system refused something, with this `errno`.
    case failed(what: String, errno: Int32)

    public var description: String {
        switch self {
        case .notATerminal:
            "input and output are not both a terminal that can move its cursor; use --plain"
        case .inUse:
            "this program has the terminal already; close the other session first"
        case .failed(let what, _):
            "the terminal cannot be used, as \(what) failed: \(reason); use --plain"
        }
    }

    /// The system's own words.
    var reason: String {
        if case .failed(_, let errno) = self { String(cString: strerror(errno)) } else { "" }
    }
}

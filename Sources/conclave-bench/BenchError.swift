import Glibc
import TLS

/// Why there is nothing measured. Each case reads as one line that says what to do.
enum BenchError: Error, Equatable, CustomStringConvertible {
    /// A call to the system failed, with its errno.
    case system(what: String, errno: Int32)
    /// A host name that nobody knows.
    case unknownHost(String, reason: String)
    /// Nothing has happened for so long that nothing will.
    case stalled(phase: String, seconds: Int)
    /// All connections failed; the first reason of them.
    case nobodyConnected(reason: String)
    /// A program of the table did not start, or ended before its time.
    case program(String, problem: String)

    /// The call that has just failed in this thread.
    static func last(_ what: String) -> BenchError { .system(what: what, errno: Glibc.errno) }

    var description: String {
        switch self {
        case .system(let what, EMFILE), .system(let what, ENFILE):
            "\(what): too many open files; raise the limit (ulimit -Hn), or use fewer clients"
        case .system(let what, let errno): "\(what): \(String(cString: strerror(errno)))"
        case .unknownHost(let host, let reason): "cannot look up \(host): \(reason); check the name"
        case .stalled(let phase, let seconds):
            "nothing has happened for \(seconds) s in the phase '\(phase)'; look at the server"
        case .nobodyConnected(let reason): "no client got in: \(reason); is the server there, and does it speak TLS?"
        case .program(let name, let problem): "\(name) \(problem)"
        }
    }
}

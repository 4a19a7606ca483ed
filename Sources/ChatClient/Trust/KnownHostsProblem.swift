public import ChatCore

/// What is wrong with a line of `known_hosts`.
public struct KnownHostsProblem: Error, Sendable, Equatable {
    /// The first is line 1.
    public let line: Int
    public let reason: Reason

    public enum Reason: Error, Sendable, Equatable {
        /// It does not begin with `HOST:PORT`.
        case noHost(String)
        /// There is no key behind the host.
        case noPin(HostPort)
        /// What should be `sha256:` and 64 hexadecimal digits is not.
        case noFingerprint(String)
        /// What should be a day such as 2026-11-30 is not.
        case noDay(String)
        /// `added`, `next` or `learned` stands where it says nothing.
        case misplaced(String)
        /// The same key stands twice in the line.
        case twice(KeyFingerprint)
        case tooManyPins
        /// The host has a line already, with that number.
        case again(HostPort, line: Int)
        case tooLong
        case notUTF8
        /// The file is longer than ``KnownHosts/limit``.
        case tooMuch
    }

    public init(line: Int, _ reason: Reason) {
        self.line = line
        self.reason = reason
    }
}

extension KnownHostsProblem: CustomStringConvertible {
    /// One line, without the file's name.
    public var description: String { "line \(line): \(reason)" }
}

extension KnownHostsProblem.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noHost(let word):
            "\(Self.quote(word)) is not HOST:PORT, such as chat.example.org:2022 or [::1]:2022"
        case .noPin(let host): "no key stands behind \(host); put sha256: and 64 digits there, or remove the line"
        case .noFingerprint(let word): "\(Self.quote(word)) is not sha256: and 64 hexadecimal digits"
        case .noDay(let word): "\(Self.quote(word)) is not a day such as 2026-11-30"
        case .misplaced(let word):
            "'\(word)' stands where it says nothing; the order is KEY added DAY next KEY learned DAY"
        case .twice(let key): "\(key) stands there twice"
        case .tooManyPins: "there are more than \(KnownHost.mostPins) keys"
        case .again(let host, let line): "\(host) stands on line \(line) already; put all its keys on one line"
        case .tooLong: "the line is longer than \(KnownHosts.lineLimit) bytes"
        case .notUTF8: "this is not UTF-8"
        case .tooMuch: "the file is longer than \(KnownHosts.limit) bytes"
        }
    }

    /// It may be anything, and go to a terminal.
    private static func quote(_ word: String) -> String { "'\(CleanText(String(word.prefix(80))).string)'" }
}

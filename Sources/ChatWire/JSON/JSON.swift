/// A JSON value (RFC 8259). Of an object the order of its members is kept; if a name comes twice, the last one counts.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number without fraction and exponent that fits.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    public struct Member: Sendable, Equatable {
        public var name: String
        public var value: JSON

        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }
}

/// What a parser takes before it gives up; checked before anything is kept.
public struct JSONLimits: Sendable {
    /// How deep arrays and objects may lie in each other.
    public var depth: Int
    /// How many values there may be in all, members and elements counted.
    public var values: Int

    public init(depth: Int, values: Int) {
        self.depth = depth
        self.values = values
    }

    /// For what a stranger sends to a server.
    public static let request = JSONLimits(depth: 8, values: 256)
    /// For what a server sends: long lists.
    public static let reply = JSONLimits(depth: 16, values: 100_000)
}

/// Why a text is not JSON, or not to be taken.
public struct JSONProblem: Error, Sendable, Equatable {
    /// In bytes from the beginning.
    public let position: Int
    /// One clause.
    public let reason: String

    public init(at position: Int, _ reason: String) {
        self.position = position
        self.reason = reason
    }
}

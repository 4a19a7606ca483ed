public import ChatCore
internal import TLS

/// Who may keep order in the room: by password, the accounts of the operator file, whose names are not nicknames, and in
/// which case makes a difference; and whoever connects with one of these keys.
public struct Operators: Sendable {
    private let accounts: [String: PasswordHash]
    private(set) var keys: Set<KeyFingerprint>
    /// The dearest of the hashes without its password, so that an unknown name takes as long as a wrong password.
    private let decoy: PasswordHash?

    /// Nobody.
    public init() {
        self.init([:])
    }

    init(_ accounts: [String: PasswordHash], keys: Set<KeyFingerprint> = []) {
        self.accounts = accounts
        self.keys = keys
        decoy = accounts.values.max { $0.work < $1.work }?.decoy
    }

    public var count: Int { accounts.count + keys.count }
    public var isEmpty: Bool { count == 0 }
    /// Whether there is a password to be asked for.
    public var havePasswords: Bool { !accounts.isEmpty }

    /// Whoever has this key is an operator at once.
    public mutating func add(_ key: KeyFingerprint) {
        keys.insert(key)
    }

    /// Adds those of another file. Of an account that is in both the password is the later one's.
    public mutating func merge(_ other: Operators) {
        self = Operators(accounts.merging(other.accounts) { $1 }, keys: keys.union(other.keys))
    }

    /// Whether there is such an account with this password. It takes as long to find out whether or not there is such an
    /// account; see ``PasswordHash/matches(_:)`` for how long.
    func accept(_ account: String, _ password: [UInt8]) -> Bool {
        guard let hash = accounts[account] else {
            _ = decoy?.matches(password)
            return false
        }
        return hash.matches(password)
    }

    /// Whether this can be the name of an account: 1 to 32 letters and digits of ASCII, `-`, `_` and `.`.
    static func isName(_ text: some StringProtocol) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
                default: false
                }
            }
    }
}

extension Operators: CustomStringConvertible, CustomReflectable {
    /// Neither names nor hashes: this may end up in a log.
    public var description: String { "\(count) operators" }
    public var customMirror: Mirror { Mirror(self, children: ["count": count]) }
}

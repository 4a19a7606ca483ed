internal import COpenSSL

/// What is kept of a password: enough to know it again, and too little to find it out.
///
/// It is made by scrypt (RFC 7914), which takes memory as well as time, so that guessing is dear on any machine. As text
/// it is `$scrypt$ln=15,r=8,p=1$SALT$KEY`, the PHC string format, in which other programs write it too; salt and key are
/// Base64 without padding.
public struct PasswordHash: Sendable, Equatable {
    let cost: ScryptCost
    let salt: [UInt8]
    let key: [UInt8]

    /// Hashes a password with a new salt. Takes 32 MiB and some 60 milliseconds: not for an event loop.
    /// - Parameter password: any bytes. What a password must be is for others to say.
    /// - Throws: `TLSError.setup` if memory or randomness runs out; corresponds to `RAND_bytes(3)` and
    ///   `EVP_PBE_scrypt(3)`.
    public static func make(_ password: [UInt8]) throws(TLSError) -> PasswordHash {
        _ = OpenSSL.started
        var salt = [UInt8](repeating: 0, count: 16)
        ERR_clear_error()
        guard RAND_bytes(&salt, CInt(salt.count)) == 1 else {
            throw .setup(what: "RAND_bytes", OpenSSLError.drain())
        }
        let key = try ScryptCost.standard.key(of: password, salt: salt, length: 32)
        return PasswordHash(cost: .standard, salt: salt, key: key)
    }

    /// Reads the text form.
    /// - Throws: ``Malformed``, also for a hash that would take more than 128 MiB or half a second to compare, or is
    ///   too cheap to be of use.
    public init(parsing text: some StringProtocol) throws(Malformed) {
        let fields = text.split(separator: "$", omittingEmptySubsequences: false)
        guard fields.count >= 2, fields[0].isEmpty, !fields[1].isEmpty else { throw .notAHash }
        guard fields[1] == "scrypt" else { throw .notScrypt }
        guard fields.count == 5 else { throw .notAHash }
        guard let cost = ScryptCost(parsing: fields[2]) else { throw .cost }
        guard let salt = Base64.decode(fields[3]), (8...64).contains(salt.count) else { throw .salt }
        guard let key = Base64.decode(fields[4]), (16...64).contains(key.count) else { throw .key }
        self.init(cost: cost, salt: salt, key: key)
    }

    init(cost: ScryptCost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Whether this is the password's hash. Takes as long as its cost says, whatever the password is; at the standard
    /// cost 32 MiB and some 60 milliseconds: not for an event loop.
    /// - Returns: also false if there is no memory for it.
    public func matches(_ password: [UInt8]) -> Bool {
        guard var found = try? cost.key(of: password, salt: salt, length: key.count) else { return false }
        let isSame = CRYPTO_memcmp(found, key, key.count) == 0  // in the same time wherever the first difference is
        Self.wipe(&found)
        return isSame
    }

    /// A hash that costs as much to compare as this one, and that no password is known to have. Who compares with it
    /// where there is no account gives nothing away by being quick.
    public var decoy: PasswordHash {
        PasswordHash(cost: cost, salt: salt, key: Array(repeating: 0, count: key.count))
    }

    /// How much there is to do to compare with it, to compare it with others: N * r * p.
    public var work: Int { cost.work }

    /// Overwrites bytes that nobody may find later, and empties the array. Of an array that is shared only this copy is
    /// emptied, so hand passwords on without keeping one. Corresponds to `OPENSSL_cleanse(3)`.
    public static func wipe(_ secret: inout [UInt8]) {
        secret.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        secret = []
    }

    /// Why a text is no hash of ours.
    public enum Malformed: Error, Sendable, Equatable {
        /// It has not the five parts of one.
        case notAHash
        /// It is a hash, but of another kind, such as `$2b$` or `$argon2id$`.
        case notScrypt
        /// `ln`, `r` and `p` are missing, or outside the limits.
        case cost
        case salt
        case key
    }
}

extension PasswordHash: CustomStringConvertible {
    public var description: String { "$scrypt$\(cost)$\(Base64.encode(salt))$\(Base64.encode(key))" }
}

extension PasswordHash.Malformed: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAHash: "is not of the form $scrypt$ln=15,r=8,p=1$SALT$KEY"
        case .notScrypt: "is made by something else than scrypt"
        case .cost: "has not ln from 10 to 17, r and p from 1 to 16, or would take more than 128 MiB or too much time"
        case .salt: "has a salt that is not 8 to 64 bytes of Base64 without padding"
        case .key: "has a key that is not 16 to 64 bytes of Base64 without padding"
        }
    }
}

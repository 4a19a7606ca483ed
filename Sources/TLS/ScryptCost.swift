internal import COpenSSL

/// How dear it is to compute a key by scrypt (RFC 7914, section 2), as `ln=15,r=8,p=1`.
struct ScryptCost: Sendable, Equatable {
    /// The logarithm to base 2 of N. With `blockSize` it says how much memory: 128 * N * r bytes.
    let logN: Int
    /// r
    let blockSize: Int
    /// p: how many times over, one after the other.
    let parallelism: Int

    /// 32 MiB, and about 60 milliseconds on the processors of 2020.
    static let standard = ScryptCost(logN: 15, blockSize: 8, parallelism: 1)

    private static let mostMemory = 128 << 20
    /// Eight times the standard cost.
    private static let mostWork = 1 << 21

    init(logN: Int, blockSize: Int, parallelism: Int) {
        self.logN = logN
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// - Returns: nil for what is not of this form, and for a cost so low that it protects nothing or so high that a
    ///   mistaken file could stop the server.
    init?(parsing text: some StringProtocol) {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 3,
            let logN = Self.number("ln=", fields[0]),
            let blockSize = Self.number("r=", fields[1]),
            let parallelism = Self.number("p=", fields[2]),
            (10...17).contains(logN), (1...16).contains(blockSize), (1...16).contains(parallelism)
        else { return nil }
        self.init(logN: logN, blockSize: blockSize, parallelism: parallelism)
        guard 128 * blockSize << logN <= Self.mostMemory, work <= Self.mostWork else {
            return nil
        }
    }

    var work: Int { parallelism * blockSize << logN }

    /// Corresponds to `EVP_PBE_scrypt(3)`.
    /// - Parameter length: of the key, in bytes.
    func key(of password: [UInt8], salt: [UInt8], length: Int) throws(TLSError) -> [UInt8] {
        _ = OpenSSL.started
        ERR_clear_error()
        var key = [UInt8](repeating: 0, count: length)
        // What it needs, and some more. Without a limit of ours OpenSSL allows 32 MiB, which the standard cost exceeds.
        let memory = 128 * blockSize * (1 << logN + parallelism + 2) + 1 << 20
        let done = password.withUnsafeBytes { password in
            EVP_PBE_scrypt(
                password.baseAddress?.assumingMemoryBound(to: CChar.self),
                password.count,
                salt,
                salt.count,
                1 << UInt64(logN),
                UInt64(blockSize),
                UInt64(parallelism),
                UInt64(memory),
                &key,
                key.count
            )
        }
        guard done == 1 else { throw .setup(what: "EVP_PBE_scrypt", OpenSSLError.drain()) }
        return key
    }

    /// A decimal number of at most two digits behind `name`, without a zero in front.
    private static func number(_ name: String, _ field: some StringProtocol) -> Int? {
        guard field.hasPrefix(name) else { return nil }
        let digits = field.dropFirst(name.count).utf8
        guard (1...2).contains(digits.count), digits.first != UInt8(ascii: "0"),
            digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

extension ScryptCost: CustomStringConvertible {
    var description: String { "ln=\(logN),r=\(blockSize),p=\(parallelism)" }
}

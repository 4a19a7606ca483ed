internal import ChatCore
internal import Glibc
public import TLS

/// The file of operators: on each line the name of an account, space, and the hash of its password, as `conclaved
/// hash-password` prints it, or the fingerprint of its key. Lines that are blank or begin with `#` are comments.
public struct OperatorFile: Sendable {
    public let operators: Operators
    /// What the server's owner should know although the file can be used; nil if there is nothing.
    public let warning: String?

    /// In bytes: some thousand operators.
    private static let largest = 256 * 1024

    /// - Throws: ``OperatorFileError``, whose description is what to tell a person.
    public init(reading path: String) throws(OperatorFileError) {
        let file: SmallFile
        do { file = try SmallFile(reading: path, limit: Self.largest) } catch {
            throw OperatorFileError(file: path, line: nil, problem: .unreadable("\(error)"))
        }
        operators = try Operators(parsing: file.bytes, file: path)
        let isOpen = file.mode & S_IFMT == S_IFREG && file.mode & 0o077 != 0
        warning = isOpen ? "others can read or write the operators' hashes in \(path); chmod 600 \(path)" : nil
    }
}

extension Operators {
    /// Reads what an operator file holds.
    /// - Parameter file: its path, for the errors.
    init(parsing bytes: [UInt8], file: String) throws(OperatorFileError) {
        var accounts: [String: PasswordHash] = [:]
        var keys: Set<KeyFingerprint> = []
        var lines: [String: Int] = [:]
        let newline = UInt8(ascii: "\n")
        for (index, line) in bytes.split(separator: newline, omittingEmptySubsequences: false).enumerated() {
            let number = index + 1
            func fail(_ problem: OperatorFileError.Problem) -> OperatorFileError {
                OperatorFileError(file: file, line: number, problem: problem)
            }
            // Of bytes that are not UTF-8 none can be in a name or a hash.
            let fields = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let name = fields.first, !name.hasPrefix("#") else { continue }
            guard Operators.isName(name) else { throw fail(.badName) }
            guard fields.count == 2 else { throw fail(.notTwoFields) }
            if let first = lines.updateValue(number, forKey: String(name)) { throw fail(.nameTwice(firstLine: first)) }
            if fields[1].lowercased().hasPrefix("sha256:") {
                guard let key = KeyFingerprint(String(fields[1])) else { throw fail(.badKey) }
                keys.insert(key)
                continue
            }
            do { accounts[String(name)] = try PasswordHash(parsing: fields[1]) } catch { throw fail(.badHash(error)) }
        }
        self.init(accounts, keys: keys)
    }
}

/// Why an operator file cannot be used.
public struct OperatorFileError: Error, Sendable, Equatable {
    public let file: String
    /// Counts from 1; nil if it is about the file as a whole.
    public let line: Int?
    public let problem: Problem

    public enum Problem: Sendable, Equatable {
        /// The text says why, and what to do.
        case unreadable(String)
        case badName
        case notTwoFields
        case nameTwice(firstLine: Int)
        case badHash(PasswordHash.Malformed)
        case badKey
    }
}

extension OperatorFileError: CustomStringConvertible {
    public var description: String {
        guard let line else { return "\(file) \(problem)" }
        return "\(file), line \(line): \(problem)"
    }
}

extension OperatorFileError.Problem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let why): why
        case .badName: "a name is 1 to 32 letters of a to z, digits, - _ or .; write NAME HASH, or # before a comment"
        case .badKey: "a key is sha256: and 64 hexadecimal digits, as /status shows its owner"
        case .notTwoFields: "this is not NAME HASH or NAME KEY; make the hash with: conclaved hash-password"
        case .nameTwice(let first): "the name is on line \(first) already; remove one of them"
        case .badHash(let malformed): "the hash \(malformed); make one with: conclaved hash-password"
        }
    }
}

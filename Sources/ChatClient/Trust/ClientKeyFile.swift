public import ChatCore
internal import NIOPosix
public import TLS

/// A client's own key, and the certificate that it signs for itself: what a name can belong to.
public struct ClientKey: Sendable, Equatable {
    public let path: String
    /// Who we are to a server.
    public let fingerprint: KeyFingerprint
    public let certificate: TLSCertificate

    public var identity: TLSIdentity { TLSIdentity(certificateFile: path, keyFile: path) }
}

/// The file of a ``ClientKey``: both in PEM form, and for nobody else's eyes.
public struct ClientKeyFile: Sendable, Equatable {
    public enum Kind: Sendable {
        case p256, ed25519
    }

    public let path: String

    public init(_ path: String) {
        self.path = path
    }

    /// - Returns: nil if there is no such file.
    /// - Throws: if others can read it, or it does not hold a key and its certificate.
    public func read() async throws(ClientError) -> ClientKey? {
        try await work { try load() }
    }

    /// Makes a new key.
    ///
    /// Its certificate says nothing of its owner, and has no end: it is the key that counts.
    /// - Parameter replaces: whether one that is there is given up. If not, that is an error.
    public func make(_ kind: Kind, on day: Timestamp, replaces: Bool = false) async throws(ClientError) -> ClientKey {
        try await work {
            let key = try TLSKey.generate(kind == .p256 ? .p256 : .ed25519)
            // A clock may be wrong by some hours; what has no end has this one (RFC 5280, section 4.1.2.5).
            let begin = day.milliseconds / 1000 - 86_400
            let certificate = try key.selfSignedCertificate(commonName: "conclave", from: begin, to: 253_402_300_799)
            try PrivateFile(path).write(Array((key.pem + certificate).utf8), replaces: replaces)
            guard let made = try load() else {
                throw PrivateFile.Problem.system(path: path, reason: "it is gone again")
            }
            return made
        }
    }

    /// Writes it to another file, which may not be there yet and which nobody else can read.
    public func copy(to other: String) async throws(ClientError) {
        try await work {
            guard let text = try PrivateFile(path).read(forbidden: 0o077, limit: Self.limit) else { return }
            try PrivateFile(other).write(text, replaces: false)
        }
    }

    /// What stands in it; nil if there is no such file.
    public func text() async throws(ClientError) -> [UInt8]? {
        try await work { try PrivateFile(path).read(forbidden: 0o077, limit: Self.limit) }
    }

    private static let limit = 64 * 1024

    private func load() throws -> ClientKey? {
        // Whoever can read it can be us.
        guard try PrivateFile(path).read(forbidden: 0o077, limit: Self.limit) != nil else { return nil }
        let certificate = try TLSCertificate(pemFile: path)
        let key = try TLSKey(file: path)
        guard key.fingerprint == certificate.publicKeyFingerprint, let fingerprint = KeyFingerprint(key.fingerprint)
        else {
            throw TLSError.file(path: path, .keyMismatch(certificate: path))
        }
        return ClientKey(path: path, fingerprint: fingerprint, certificate: certificate)
    }

    private func work<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws(ClientError) -> R {
        do {
            return try await NIOThreadPool.singleton.runIfActive(body)
        } catch {
            throw .identity(path: path, Self.explain(error, path))
        }
    }

    private static func explain(_ error: any Error, _ path: String) -> String {
        switch error {
        case PrivateFile.Problem.open:
            "\(error), and so could be you; say: chmod 600 \(path), and make a new one if somebody may have read it"
        default: "\(error)"
        }
    }
}

public import ChatCore

/// The key that a server is going to have next, as it tells those who remember the one it has: part of its welcome.
///
/// It counts for a client that has checked all of it: that the connection is with a server whose key it remembers, that
/// ``pin`` is the SHA-256 of ``key``, and that the signature for the place it connected to, and for the key that it found
/// there, is one by ``key`` over ``statement(host:old:new:)``. So nobody can announce a key without having it, and an
/// announcement for one server is worth nothing for another.
public struct NextPin: Sendable, Equatable {
    public var pin: KeyFingerprint
    /// The public key, as DER of a SubjectPublicKeyInfo.
    public var key: [UInt8]
    /// One for each place at which the server can be reached and each key that it has there now.
    public var signatures: [Signature]

    /// How many signatures are read, and how many bytes each of them and the key may have.
    public static let mostSignatures = 64
    public static let mostBytes = 1024

    public init(pin: KeyFingerprint, key: [UInt8], signatures: [Signature]) {
        self.pin = pin
        self.key = key
        self.signatures = signatures
    }

    public struct Signature: Sendable, Equatable {
        /// `HOST:PORT`, as ``JoinLink/authority`` has it.
        public var host: String
        public var old: KeyFingerprint
        public var bytes: [UInt8]

        public init(host: String, old: KeyFingerprint, bytes: [UInt8]) {
            self.host = host
            self.old = old
            self.bytes = bytes
        }
    }

    /// - Returns: the signature for this place and key; nil if there is none.
    public func signature(host: String, old: KeyFingerprint) -> [UInt8]? {
        signatures.first { $0.host == host && $0.old == old }?.bytes
    }

    /// The bytes that the next key signs.
    /// - Parameter host: `HOST:PORT`, as ``JoinLink/authority`` has it.
    public static func statement(host: String, old: KeyFingerprint, new: KeyFingerprint) -> [UInt8] {
        Array("conclave-next-key/1\n\(host)\n\(old)\n\(new)\n".utf8)
    }
}

extension NextPin {
    /// Appends it as an object.
    func encode(into bytes: inout [UInt8]) {
        bytes.beginObject()
        bytes.field("pin", pin.description)
        bytes.field("key", Base64Text.encode(key))
        bytes.beginField("signatures")
        bytes.beginArray()
        for signature in signatures {
            bytes.beginElement()
            bytes.beginObject()
            bytes.field("host", signature.host)
            bytes.field("old", signature.old.description)
            bytes.field("signature", Base64Text.encode(signature.bytes))
            bytes.endObject()
        }
        bytes.endArray()
        bytes.endObject()
    }

    init(_ json: JSON) throws(JSONProblem) {
        pin = try json.required("pin") { $0.string.flatMap { KeyFingerprint($0) } }
        key = try json.required("key") { $0.base64 }
        let all = try json.required("signatures") { $0.array }
        signatures = []
        for json in all.prefix(Self.mostSignatures) {
            let signature = Signature(
                host: try json.required("host") { $0.clean }.string,
                old: try json.required("old") { $0.string.flatMap { KeyFingerprint($0) } },
                bytes: try json.required("signature") { $0.base64 }
            )
            signatures.append(signature)
        }
    }
}

extension JSON {
    fileprivate var base64: [UInt8]? {
        string.flatMap(Base64Text.decode).flatMap { $0.count <= NextPin.mostBytes ? $0 : nil }
    }
}

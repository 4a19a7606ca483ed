internal import COpenSSL

/// The library underneath: what it is, and the one place that starts it.
public enum OpenSSL {
    /// The version of the libssl that is linked at run time, as it calls itself: "OpenSSL 3.0.22 …".
    ///
    /// Corresponds to `OpenSSL_version(3)`.
    public static var version: String {
        String(cString: OpenSSL_version(OPENSSL_VERSION))
    }

    /// Touched before anything else of libssl's is.
    ///
    /// Without `OPENSSL_INIT_NO_ATEXIT` OpenSSL tears itself down in an exit handler while other threads may still be
    /// in a handshake, which crashes. The kernel takes the memory back anyway.
    static let started: Bool = OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1
}

/// What `SSL_free`, `X509_free` and their sisters have in common.
///
/// Swift imports every OpenSSL handle as the same `OpaquePointer`, so `SSL_free(context)` would compile. A handle with
/// a kind cannot be freed as another.
protocol HandleKind {
    static func free(_ pointer: OpaquePointer)
}

enum SSLHandle: HandleKind {
    static func free(_ pointer: OpaquePointer) { SSL_free(pointer) }
}

enum ContextHandle: HandleKind {
    static func free(_ pointer: OpaquePointer) { SSL_CTX_free(pointer) }
}

enum CertificateHandle: HandleKind {
    static func free(_ pointer: OpaquePointer) { X509_free(pointer) }
}

enum KeyHandle: HandleKind {
    static func free(_ pointer: OpaquePointer) { EVP_PKEY_free(pointer) }
}

enum CertificateStackHandle: HandleKind {
    static func free(_ pointer: OpaquePointer) { COpenSSL_sk_X509_pop_free(pointer) }
}

enum DigestHandle: HandleKind {
    static func free(_ pointer: OpaquePointer) { EVP_MD_CTX_free(pointer) }
}

enum BIOHandle: HandleKind {
    static func free(_ pointer: OpaquePointer) { BIO_free_all(pointer) }
}

/// One owned reference to an object of OpenSSL's.
struct Handle<Kind: HandleKind>: ~Copyable {
    let pointer: OpaquePointer

    /// Takes over a reference that the caller owns: the result of a `…_new`, `…_get1_…` or `PEM_read_…`. Nil stays nil.
    init?(owning pointer: OpaquePointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit { Kind.free(pointer) }

    /// Gives the reference away, to a C function that takes it over.
    consuming func release() -> OpaquePointer {
        let pointer = self.pointer
        discard self
        return pointer
    }
}

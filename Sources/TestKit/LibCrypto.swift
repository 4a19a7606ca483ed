internal import COpenSSL

/// A fixture that could not be made, which is a fault of the tests and not of what they test.
struct FixtureError: Error {
    let what: String
    let reason: String
}

/// What all fixtures need of OpenSSL.
enum LibCrypto {
    /// Without the exit handler, as the product does it: whoever comes first decides for the whole process.
    static func start() { _ = started }

    private static let started = OPENSSL_init_ssl(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

    static func require(_ done: Bool, _ what: String) throws {
        guard !done else { return }
        let reason = ERR_reason_error_string(ERR_peek_error()).map { String(cString: $0) } ?? "no reason given"
        ERR_clear_error()
        throw FixtureError(what: what, reason: reason)
    }

    static func unwrap(_ pointer: OpaquePointer?, _ what: String) throws -> OpaquePointer {
        try require(pointer != nil, what)
        guard let pointer else { throw FixtureError(what: what, reason: "no reason given") }
        return pointer
    }
}

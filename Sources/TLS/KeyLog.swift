internal import COpenSSL
internal import Glibc

/// A file that the secrets of sessions are appended to, a line at a time.
///
/// A class because OpenSSL keeps a pointer to it.
final class KeyLog {
    private static let index = CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_SSL_CTX, 0, nil, nil, nil, nil)

    private let descriptor: CInt

    /// Makes the file, or takes one that is there away from everybody else.
    init(_ path: String) throws(TLSError) {
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .file(path: path, .unwritable(String(cString: strerror(errno)))) }
        guard fchmod(descriptor, 0o600) == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw .file(path: path, .unwritable(reason))
        }
    }

    deinit { close(descriptor) }

    /// Corresponds to `SSL_CTX_set_keylog_callback(3)`.
    func install(in context: OpaquePointer) throws(TLSError) {
        guard SSL_CTX_set_ex_data(context, Self.index, Unmanaged.passUnretained(self).toOpaque()) == 1 else {
            throw .setup(what: "SSL_CTX_set_ex_data", OpenSSLError.drain())
        }
        SSL_CTX_set_keylog_callback(context) { ssl, line in
            guard let ssl, let line, !SessionNote.has(.rehearsal, on: ssl),
                let log = SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), KeyLog.index)
            else { return }
            Unmanaged<KeyLog>.fromOpaque(log).takeUnretainedValue().append(String(cString: line))
        }
    }

    /// One call for a line: what is appended at once stays together, however many threads and programs append.
    private func append(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        // A full disk costs the log, not the session.
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }
}

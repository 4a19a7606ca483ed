internal import COpenSSL
internal import Glibc

/// A leaf certificate and those that vouch for it, nearest first.
struct CertificateChain: ~Copyable {
    let leaf: Handle<CertificateHandle>
    let issuers: Handle<CertificateStackHandle>
}

/// A file of PEM blocks (RFC 7468), and clear words for what is wrong with it.
struct PEMFile {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// The first certificate, and those after it as its chain.
    func chain() throws(TLSError) -> CertificateChain {
        let file = try open()
        guard let leaf = Handle<CertificateHandle>(owning: PEM_read_bio_X509(file.pointer, nil, nil, nil)) else {
            throw failure(.noCertificate)
        }
        guard let chain = Handle<CertificateStackHandle>(owning: COpenSSL_sk_X509_new_null()) else {
            throw .setup(what: "sk_X509_new_null", OpenSSLError.drain())
        }
        while let next = PEM_read_bio_X509(file.pointer, nil, nil, nil) {
            guard COpenSSL_sk_X509_push(chain.pointer, next) > 0 else {
                X509_free(next)
                throw .setup(what: "sk_X509_push", OpenSSLError.drain())
            }
        }
        // The loop ended with "no start line", the end of the file, or with a block that is broken.
        let errors = OpenSSLError.drain()
        guard errors.allSatisfy(\.isEndOfPEM) else { throw .file(path: path, .refused(errors)) }
        return CertificateChain(leaf: leaf, issuers: chain)
    }

    /// Adds all certificates of the file, at least one, to what is trusted. The file is read once, so it may be a pipe.
    /// - Parameter context: of a server that tells its clients whose certificates it takes.
    func addAuthorities(to store: OpaquePointer?, namedIn context: OpaquePointer? = nil) throws(TLSError) {
        func add(_ certificate: OpaquePointer?) throws(TLSError) {
            guard X509_STORE_add_cert(store, certificate) == 1,
                context == nil || SSL_CTX_add_client_CA(context, certificate) == 1
            else { throw .file(path: path, .refused(OpenSSLError.drain())) }
        }
        let all = try chain()
        try add(all.leaf.pointer)
        for index in 0..<COpenSSL_sk_X509_num(all.issuers.pointer) {
            try add(COpenSSL_sk_X509_value(all.issuers.pointer, index))
        }
    }

    /// Adds all revocation lists of the file, at least one.
    func addRevocations(to store: OpaquePointer?) throws(TLSError) {
        let file = try open()
        var count = 0
        while let list = PEM_read_bio_X509_CRL(file.pointer, nil, nil, nil) {
            defer { X509_CRL_free(list) }
            guard X509_STORE_add_crl(store, list) == 1 else {
                throw .file(path: path, .refused(OpenSSLError.drain()))
            }
            count += 1
        }
        // As with certificates: the end of the file, or a block that is broken.
        let error = failure(.noRevocations)
        guard count > 0, error == .file(path: path, .noRevocations) else { throw error }
    }

    /// - Parameter passphraseFile: whose first line opens the key, if that is encrypted.
    func privateKey(passphraseFile: String? = nil) throws(TLSError) -> Handle<KeyHandle> {
        let passphrase = try passphraseFile.map { file throws(TLSError) in try Passphrase(file: file) }
        let file = try open()
        let asked = Asked(passphrase)
        // Without a callback of ours OpenSSL would ask for a passphrase at the terminal, and wait.
        let found = withExtendedLifetime(asked) {
            PEM_read_bio_PrivateKey(
                file.pointer,
                nil,
                { buffer, capacity, _, asked in
                    guard let buffer, let asked else { return -1 }
                    return Unmanaged<Asked>.fromOpaque(asked).takeUnretainedValue().answer(buffer, capacity)
                },
                Unmanaged.passUnretained(asked).toOpaque()
            )
        }
        let key = Handle<KeyHandle>(owning: found)
        guard let key else {
            guard asked.wasAsked else { throw failure(.noKey) }
            ERR_clear_error()
            throw .file(path: path, passphraseFile.map { .wrongPassphrase(file: $0) } ?? .encryptedKey)
        }
        return key
    }

    /// What the callback that OpenSSL asks for a passphrase is given, and leaves.
    private final class Asked {
        private let passphrase: Passphrase?
        private(set) var wasAsked = false

        init(_ passphrase: Passphrase?) {
            self.passphrase = passphrase
        }

        func answer(_ buffer: UnsafeMutablePointer<CChar>, _ capacity: CInt) -> CInt {
            wasAsked = true
            return passphrase?.copy(to: buffer, capacity) ?? -1
        }
    }

    private func open() throws(TLSError) -> Handle<BIOHandle> {
        ERR_clear_error()
        // A directory can be opened, and then reads like an empty file.
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw .file(path: path, .unreadable(String(cString: strerror(EISDIR))))
        }
        guard let file = Handle<BIOHandle>(owning: BIO_new_file(path, "r")) else {
            throw failure(.unreadable("it could not be opened"))
        }
        return file
    }

    /// Turns what the queue holds into the complaint that fits: the system's words if a system call failed,
    /// `nothingFound` if there simply was no such block.
    private func failure(_ nothingFound: TLSError.FileProblem) -> TLSError {
        let errors = OpenSSLError.drain()
        if let errno = errors.lazy.compactMap({ OpenSSLError.systemError(in: $0.code) }).first {
            return .file(path: path, .unreadable(String(cString: strerror(errno))))
        }
        guard errors.allSatisfy(\.isEndOfPEM) else { return .file(path: path, .refused(errors)) }
        return .file(path: path, nothingFound)
    }
}

extension OpenSSLError {
    /// The reader came to the end without finding another block: "no start line" for a certificate, "unsupported" for a
    /// key, which OpenSSL 3 looks for with its decoders.
    fileprivate var isEndOfPEM: Bool {
        isFrom(ERR_LIB_PEM) && reasonCode == PEM_R_NO_START_LINE || isFrom(ERR_LIB_OSSL_DECODER)
    }
}

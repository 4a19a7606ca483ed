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
    func addAuthorities(to store: OpaquePointer?) throws(TLSError) {
        let all = try chain()
        guard X509_STORE_add_cert(store, all.leaf.pointer) == 1 else {
            throw .file(path: path, .refused(OpenSSLError.drain()))
        }
        for index in 0..<COpenSSL_sk_X509_num(all.issuers.pointer) {
            guard X509_STORE_add_cert(store, COpenSSL_sk_X509_value(all.issuers.pointer, index)) == 1 else {
                throw .file(path: path, .refused(OpenSSLError.drain()))
            }
        }
    }

    func privateKey() throws(TLSError) -> Handle<KeyHandle> {
        let file = try open()
        var wasAsked = false
        // Without a callback of ours OpenSSL would ask for a passphrase at the terminal, and wait.
        let found = PEM_read_bio_PrivateKey(
            file.pointer,
            nil,
            { _, _, _, wasAsked in
                wasAsked?.assumingMemoryBound(to: Bool.self).pointee = true
                return -1
            },
            &wasAsked
        )
        let key = Handle<KeyHandle>(owning: found)
        guard let key else {
            if wasAsked {
                ERR_clear_error()
                throw .file(path: path, .encryptedKey)
            }
            throw failure(.noKey)
        }
        return key
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

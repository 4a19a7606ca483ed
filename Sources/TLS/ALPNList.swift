internal import COpenSSL

/// Protocol names in the wire form of RFC 7301: each with its length in front.
///
/// A class with memory of its own: OpenSSL keeps a pointer to the list, and the protocol it selects is a pointer into it.
final class ALPNList {
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ names: [String]) throws(TLSError) {
        var wire: [UInt8] = []
        for name in names {
            let utf8 = Array(name.utf8)
            guard (1...255).contains(utf8.count) else {
                throw .setup(what: "application protocol \"\(name)\" (1 to 255 bytes)", [])
            }
            wire.append(UInt8(utf8.count))
            wire += utf8
        }
        bytes = .allocate(capacity: wire.count)
        _ = bytes.initialize(from: wire)
    }

    deinit { bytes.deallocate() }

    /// Corresponds to `SSL_CTX_set_alpn_select_cb(3)`, which is not called for a client that offers nothing.
    func install(inServer context: OpaquePointer) {
        let unretained = Unmanaged.passUnretained(self).toOpaque()
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, chosen, chosenLength, offered, offeredLength, argument in
                guard let chosen, let chosenLength, let offered, let argument else {
                    return SSL_TLSEXT_ERR_ALERT_FATAL
                }
                let list = Unmanaged<ALPNList>.fromOpaque(argument).takeUnretainedValue()
                return list.select(chosen, chosenLength, from: offered, offeredLength)
            },
            unretained
        )
    }

    private func select(
        _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>,
        _ chosenLength: UnsafeMutablePointer<UInt8>,
        from offered: UnsafePointer<UInt8>,
        _ offeredLength: UInt32
    ) -> CInt {
        // SSL_select_next_proto must not see an empty list (CVE-2024-5535).
        guard let own = bytes.baseAddress, !bytes.isEmpty, offeredLength > 0 else { return SSL_TLSEXT_ERR_ALERT_FATAL }
        var found: UnsafeMutablePointer<UInt8>?
        var length: UInt8 = 0
        let result = SSL_select_next_proto(&found, &length, own, UInt32(bytes.count), offered, offeredLength)
        guard result == OPENSSL_NPN_NEGOTIATED, let found else { return SSL_TLSEXT_ERR_ALERT_FATAL }
        chosen.pointee = UnsafePointer(found)
        chosenLength.pointee = length
        return SSL_TLSEXT_ERR_OK
    }

    /// Corresponds to `SSL_CTX_set_alpn_protos(3)`, where 0 means success.
    func install(inClient context: OpaquePointer) throws(TLSError) {
        guard !bytes.isEmpty else { return }
        guard SSL_CTX_set_alpn_protos(context, bytes.baseAddress, UInt32(bytes.count)) == 0 else {
            throw .setup(what: "SSL_CTX_set_alpn_protos", OpenSSLError.drain())
        }
    }
}

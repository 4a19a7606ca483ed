/// What both ends insist on, in OpenSSL's words. Set in code, so that no machine's `openssl.cnf` decides it.
enum TLSPolicy {
    /// The ECDHE suites with authenticated encryption of Mozilla's intermediate profile 5.7, in the server's order
    /// (RFC 9325, section 4.2). No static RSA, no CBC, no finite-field Diffie-Hellman.
    static let ciphers12 = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    ].joined(separator: ":")

    static let ciphers13 = [
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
    ].joined(separator: ":")

    static let groups = "X25519:P-256:P-384"

    /// What may sign a handshake, ours and a client's: OpenSSL's own list without SHA-224 and DSA, which nobody uses.
    static let signatures = [
        "ECDSA+SHA256", "ECDSA+SHA384", "ECDSA+SHA512", "ed25519", "ed448",
        "rsa_pss_pss_sha256", "rsa_pss_pss_sha384", "rsa_pss_pss_sha512",
        "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512",
        "RSA+SHA256", "RSA+SHA384", "RSA+SHA512",
    ].joined(separator: ":")

    /// 112 bits: RSA from 2048, no SHA-1, no MD5. The default, but a default can be configured away.
    static let securityLevel: Int32 = 2
}

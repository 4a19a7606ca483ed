internal import COpenSSL

/// Which keys of strangers we let prove something: those that are hard to break and cheap to check.
enum KeyRules {
    /// A longer modulus, or a longer exponent than any program makes, costs us more than it costs them.
    private static let largestModulus: CInt = 4_096
    private static let largestExponent: CInt = 64

    /// - Returns: `X509_V_OK`, or the `X509_V_ERR_…` that fits.
    static func fault(in key: OpaquePointer) -> CInt {
        switch EVP_PKEY_get_base_id(key) {
        case EVP_PKEY_EC:
            // A curve that comes as numbers, instead of by its name, may be no curve at all.
            var isExplicit: CInt = 0
            EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &isExplicit)
            return isExplicit == 0 && curves.contains(curve(of: key)) ? X509_V_OK : X509_V_ERR_CERT_REJECTED
        case EVP_PKEY_ED25519, EVP_PKEY_ED448:
            return X509_V_OK
        case EVP_PKEY_RSA, EVP_PKEY_RSA_PSS:
            guard EVP_PKEY_get_bits(key) >= 2_048 else { return X509_V_ERR_EE_KEY_TOO_SMALL }
            var exponent: OpaquePointer?
            guard EVP_PKEY_get_bits(key) <= largestModulus,
                EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1
            else { return X509_V_ERR_CERT_REJECTED }
            defer { BN_free(exponent) }
            return BN_num_bits(exponent) <= largestExponent ? X509_V_OK : X509_V_ERR_CERT_REJECTED
        default:
            return X509_V_ERR_CERT_REJECTED
        }
    }

    private static let curves = ["prime256v1", "secp384r1", "secp521r1"]

    private static func curve(of key: OpaquePointer) -> String {
        var name = [CChar](repeating: 0, count: 64)
        var count = 0
        guard EVP_PKEY_get_group_name(key, &name, name.count, &count) == 1 else { return "" }
        return String(decoding: name.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

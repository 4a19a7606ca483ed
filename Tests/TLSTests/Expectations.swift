import TLS

extension TLSError {
    /// The reasons in OpenSSL's words, of an error that carries some.
    var reasons: [String] {
        switch self {
        case .protocol(let errors), .setup(_, let errors), .file(_, .refused(let errors)): errors.map(\.reason)
        default: []
        }
    }

    var untrusted: VerificationFailure? {
        if case .untrusted(let failure) = self { failure } else { nil }
    }

    var alertNumber: Int? {
        if case .alert(let alert) = self { alert.number } else { nil }
    }

    var isProtocol: Bool {
        if case .protocol = self { true } else { false }
    }
}

internal import COpenSSL

/// One entry of OpenSSL's error queue, with everything it knew.
///
/// Corresponds to `ERR_get_error_all(3)`.
public struct OpenSSLError: Error, Sendable, Equatable {
    /// The packed code. It is unsigned and uses all its bits: a system error has the topmost one set.
    public let code: UInt
    /// The part of OpenSSL that failed, such as "SSL routines".
    public let library: String
    /// What it says went wrong, such as "certificate verify failed".
    public let reason: String
    /// The C function that reported it.
    public let function: String
    /// The C source file and line that reported it.
    public let file: String
    public let line: Int
    /// Details, if there were any.
    public let data: String?

    /// Empties this thread's error queue, oldest entry first.
    ///
    /// The queue is sticky: what one connection leaves there, the next one on this thread would be blamed for.
    static func drain() -> [OpenSSLError] {
        var errors: [OpenSSLError] = []
        var file: UnsafePointer<CChar>?
        var function: UnsafePointer<CChar>?
        var data: UnsafePointer<CChar>?
        var line: CInt = 0
        var flags: CInt = 0
        while case let code = ERR_get_error_all(&file, &line, &function, &data, &flags), code != 0 {
            errors.append(
                OpenSSLError(
                    code: code,
                    library: ERR_lib_error_string(code).map { String(cString: $0) } ?? "",
                    reason: reason(of: code),
                    function: function.map { String(cString: $0) } ?? "",
                    file: file.map { String(cString: $0) } ?? "",
                    line: Int(line),
                    data: flags & ERR_TXT_STRING != 0 ? data.map { String(cString: $0) } : nil
                )
            )
        }
        return errors
    }

    /// `ERR_reason_error_string` knows no system errors; `strerror` does.
    private static func reason(of code: UInt) -> String {
        if let text = ERR_reason_error_string(code) { return String(cString: text) }
        if let errno = systemError(in: code) { return String(cString: strerror(errno)) }
        return "error \(String(code, radix: 16))"
    }

    /// The `errno` in a system error (`ERR_SYSTEM_FLAG`).
    static func systemError(in code: UInt) -> CInt? {
        ERR_GET_LIB(code) == ERR_LIB_SYS ? ERR_GET_REASON(code) : nil
    }

    /// The reason's number in its library: an `SSL_R_…`, `X509_R_…` or `errno`.
    var reasonCode: CInt { ERR_GET_REASON(code) }

    func isFrom(_ library: CInt) -> Bool { ERR_GET_LIB(code) == library }
}

extension OpenSSLError: CustomStringConvertible {
    public var description: String {
        let text = library.isEmpty ? reason : "\(library): \(reason)"
        return data.map { "\(text) (\($0))" } ?? text
    }
}

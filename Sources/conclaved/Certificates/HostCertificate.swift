import ArgumentParser
import ChatCore

/// `HOST=CERT,KEY`.
struct HostCertificate {
    let host: String
    let certificate: String
    let key: String

    init(_ text: String) throws {
        let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let files = sides.last?.split(separator: ",", omittingEmptySubsequences: false) ?? []
        guard sides.count == 2, files.count == 2, !sides[0].isEmpty, !files[0].isEmpty, !files[1].isEmpty else {
            throw ValidationError("'\(text)' is not HOST=CERT,KEY, as in chat.example.org=chat.pem,chat.key")
        }
        (host, certificate, key) = (sides[0].lowercased(), String(files[0]), String(files[1]))
    }
}

extension [HostCertificate] {
    /// Those that who asks for `host` is shown: those for that name, or else for the wildcard above it. None: those of
    /// --cert, as for addresses, which nobody can ask for.
    func shown(for host: String) -> [HostCertificate] {
        let exact = filter { $0.host == host }
        guard exact.isEmpty, Address(host) == nil, let dot = host.firstIndex(of: ".") else { return exact }
        return filter { $0.host == "*" + host[dot...] }
    }
}

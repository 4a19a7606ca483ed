import ArgumentParser
import ChatServer
import CommandKit
import TLS

/// Who the server is, whom it asks who they are, and how it speaks TLS.
struct CertificateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The certificate, with its chain behind it, as PEM. Once for each --key.", valueName: "file")
    )
    var cert: [String] = []

    @Option(
        help: ArgumentHelp("The private key of the certificate, as PEM; nobody else should read it.", valueName: "file")
    )
    var key: [String] = []

    @Option(
        name: .customLong("certificate"),
        help: ArgumentHelp(
            "Another certificate and its key for those who ask for this host, as in chat.example.org=chat.pem,chat.key; "
                + "*.example.org stands for all names with one label more. More than once if need be.",
            valueName: "host=cert,key"
        ),
        transform: HostCertificate.init
    )
    var hosts: [HostCertificate] = []

    @Option(
        help: ArgumentHelp(
            "Its first line opens the keys that are encrypted; nobody else should read it.",
            valueName: "file"
        )
    )
    var keyPassphraseFile: String?

    @Option(
        name: .customLong("client-ca"),
        help: ArgumentHelp(
            "Only who has a certificate of the authorities in here enters, as PEM. Without it a certificate is asked for, "
                + "and proves that its owner has the key.",
            valueName: "file"
        )
    )
    var clientCA: String?

    @Option(
        name: .customLong("client-crl"),
        help: ArgumentHelp("The revocation lists of these authorities, as PEM.", valueName: "file")
    )
    var clientCRL: String?

    @Flag(help: "Only those enter whose key has an account; operators make accounts with /admit.")
    var membersOnly = false

    @Option(help: ArgumentHelp("The oldest TLS that is spoken: 1.2 or 1.3.", valueName: "version"))
    var tlsMin = OldestTLS.v1_2

    @Option(
        help: ArgumentHelp("Groups for the key exchange, best first, with colons between.", valueName: "groups")
    )
    var tlsGroups: String?

    @Option(
        help: ArgumentHelp(
            "Cipher suites of TLS 1.2 and 1.3, best first, with colons between; a version of which none is named keeps "
                + "its own.",
            valueName: "suites"
        )
    )
    var tlsCiphers: String?

    @Option(
        name: .customLong("key-log"),
        help: ArgumentHelp(
            "Append the secrets of all connections to this file, for Wireshark. WHO HAS IT CAN READ EVERYTHING.",
            valueName: "file"
        )
    )
    var keyLog: String?

    enum OldestTLS: String, ExpressibleByArgument, CaseIterable {
        case v1_2 = "1.2"
        case v1_3 = "1.3"
    }

    /// Not a part of `validate`, which the subcommands are asked to pass as well.
    func check() throws {
        guard !cert.isEmpty || !key.isEmpty else {
            throw ValidationError(
                "give a certificate and its key with --cert and --key; scripts/make-certs makes a pair"
            )
        }
        guard cert.count == key.count else {
            throw ValidationError("each --cert needs its --key: there are \(cert.count) and \(key.count) of them")
        }
        guard clientCRL == nil || clientCA != nil else {
            throw ValidationError("--client-crl needs --client-ca, whose lists these are")
        }
    }

    /// Reads it all, then warns of what is not wrong, and yet not right.
    /// - Parameter now: seconds since 1970.
    func read(at now: Int64) throws -> ServerCertificates {
        let tls = try configuration()
        let certificates = try ServerCertificates(reading: tls, at: now)
        warn(of: tls)
        return certificates
    }

    /// What the server is to be, in the words of TLS.
    private func configuration() throws -> TLSConfiguration {
        let identities = zip(cert, key).map(identity)
        let visitors: Visitors = clientCA.map { .authorities(file: $0, revoked: clientCRL) } ?? .anyKey
        var tls = TLSConfiguration(role: .server(identities, visitors: visitors))
        tls.applicationProtocols = ServerConfiguration.applicationProtocols
        // An ECDSA and an RSA certificate for one host are given one after the other.
        for entry in hosts {
            let identity = identity(entry.certificate, entry.key)
            if let index = tls.namedIdentities.firstIndex(where: { $0.host == entry.host }) {
                tls.namedIdentities[index].identities.append(identity)
            } else {
                tls.namedIdentities.append(NamedIdentities(host: entry.host, identities: [identity]))
            }
        }
        if tlsMin == .v1_3 { tls.versions = .v1_3 ... .v1_3 }
        tls.groups = tlsGroups
        if let tlsCiphers { try tls.setCiphers(tlsCiphers) }
        tls.keyLogFile = keyLog
        return tls
    }

    private func warn(of tls: TLSConfiguration) {
        if case .server(let identities, let visitors) = tls.role {
            KeyFiles.check(identities + tls.namedIdentities.flatMap(\.identities))
            if let clientCA, let doubt = try? visitors.doubt() {
                Conclaved.complain(
                    "warning: the authority in \(clientCA) vouches for nobody: \(doubt); make it with openssl req -x509 "
                        + "-addext keyUsage=critical,keyCertSign,cRLSign"
                )
            }
        }
        if let keyLog {
            Conclaved.complain("WARNING: the secrets of all connections go to \(keyLog); who has it reads everything")
        }
    }

    private func identity(_ certificate: String, _ key: String) -> TLSIdentity {
        TLSIdentity(certificateFile: certificate, keyFile: key, passphraseFile: keyPassphraseFile)
    }
}

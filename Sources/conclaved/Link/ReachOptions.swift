import ArgumentParser
import ChatCore
import ChatServer
import ChatWire
import CommandKit
import Glibc
import TLS

/// How clients reach the server, and know it again.
struct ReachOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A name under which clients reach this server, for links and for --next-key. More than once if need be. "
                + "(default: the names of the certificate, at the ports where it listens)",
            valueName: "host[:port]"
        ),
        transform: Self.host(of:)
    )
    var host: [ServerHost] = []

    @Option(
        help: ArgumentHelp(
            "The key that this server is going to have next, as PEM: clients that remember the one of now are told of it. "
                + "'conclaved new-key' makes one.",
            valueName: "file"
        )
    )
    var nextKey: String?

    enum Problem: Error, Equatable {
        /// Nobody would take the signature of the key in this file.
        case uselessKey(String)
    }

    /// - Parameter passphraseFile: whose first line opens the next key, if that is encrypted.
    func apply(to configuration: inout ServerConfiguration, passphraseFile: String?) throws {
        configuration.hosts = host
        guard let nextKey else { return }
        configuration.nextKey = try readNextKey(passphraseFile: passphraseFile)
        if let mode = System.mode(of: nextKey), mode & (S_IRGRP | S_IROTH) != 0 {
            Conclaved.complain("warning: others can read the key \(nextKey); chmod 600 \(nextKey)")
        }
    }

    /// - Returns: a key whose signature clients take, or nil if there is to be none.
    func readNextKey(passphraseFile: String?) throws -> TLSKey? {
        guard let nextKey else { return nil }
        let key = try TLSKey(file: nextKey, passphraseFile: passphraseFile)
        let sample = Array("sample".utf8)
        guard let signature = try? key.sign(sample), TLSKey.verify(signature, of: sample, by: key.publicKey) else {
            throw Problem.uselessKey(nextKey)
        }
        return key
    }

    static func host(of text: String) throws -> ServerHost {
        guard let host = ServerHost(text) else {
            throw ValidationError("'\(text)' is not HOST or HOST:PORT; an IPv6 address stands in brackets, as in [::1]")
        }
        return host
    }
}

extension ServerConfiguration {
    /// What a server that listens says of itself: the fingerprint of each key, and how to join it.
    func introduction(listening: [ListenAddress]) -> [String] {
        let tls = tls
        let names = ServerNames(given: hosts, certificates: tls.certificates, listening: listening)
        let link = names.places.first.flatMap { place in
            // Who asks for that host may be shown another key than all others.
            try? JoinLink(host: place.host, port: place.port, pins: tls.certificates(for: place.host).pins)
        }
        let named = tls.namedCertificates.flatMap { host, certificates in
            certificates.pins.map { "key \($0) for \(host)" }
        }
        return tls.certificates.pins.map { "key \($0)" } + named + (link.map { ["join with: conclave '\($0)'"] } ?? [])
    }
}

extension [TLSCertificate] {
    /// The fingerprints of their keys.
    var pins: [KeyFingerprint] { compactMap { KeyFingerprint($0.publicKeyFingerprint) } }
}

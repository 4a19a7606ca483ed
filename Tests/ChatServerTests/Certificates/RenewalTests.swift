import ChatCore
import Glibc
import Logging
import TLS
import TestKit
import Testing

@testable import ChatServer

/// Certificates that change while the server runs.
@Suite(.timeLimit(.minutes(5))) struct RenewalTests {
    private let directory: TemporaryDirectory
    private static let end: Int64 = 4_000_000_000
    private static let now = Int64(time(nil))

    init() throws { directory = try TemporaryDirectory() }

    // MARK: The files

    @Test func `files that are left alone are not read again`() throws {
        let certificates = try certificates()
        let context = certificates.context
        #expect(certificates.check(at: Self.now) == nil)
        #expect(certificates.check(at: Self.now) == nil)
        #expect(certificates.context === context)
    }

    @Test func `a new pair is shown when it has been left alone for a moment`() throws {
        let certificates = try certificates()
        let old = certificates.context
        let key = try TLSKey.generate()
        try write(certificate: key)
        #expect(certificates.check(at: Self.now) == nil, "the key may be about to come")
        try write(key)
        #expect(certificates.check(at: Self.now) == nil, "there may be more")
        #expect(certificates.context === old)
        let news = certificates.check(at: Self.now)
        #expect(news?.changes?.map(\.new?.publicKeyFingerprint) == [key.fingerprint])
        #expect(news?.changes?.map(\.old) == old.certificates)
        #expect(certificates.context.certificates.map(\.publicKeyFingerprint) == [key.fingerprint])
        #expect(certificates.check(at: Self.now) == nil)
    }

    @Test func `a pair that does not fit is refused, once, and the old one stays`() throws {
        let certificates = try certificates()
        let old = certificates.context
        let key = try TLSKey.generate()
        try write(certificate: key)
        #expect(certificates.check(at: Self.now) == nil)
        let problem = TLSError.FileProblem.keyMismatch(certificate: directory.path("server.pem"))
        #expect(certificates.check(at: Self.now)?.problem == .file(path: directory.path("server.key"), problem))
        #expect(certificates.check(at: Self.now) == nil)
        #expect(certificates.context === old)
        // The key comes later, and then all is well.
        try write(key)
        #expect(certificates.check(at: Self.now) == nil)
        #expect(certificates.check(at: Self.now)?.changes?.count == 1)
        #expect(certificates.context.certificates.map(\.publicKeyFingerprint) == [key.fingerprint])
    }

    @Test func `files that are gone, broken or out of date are refused`() throws {
        let certificates = try certificates()
        let old = certificates.context
        let file = directory.path("server.pem")
        #expect(unlink(file) == 0)
        #expect(
            certificates.reload(at: Self.now).problem == .file(path: file, .unreadable("No such file or directory"))
        )
        _ = try directory.write("-----BEGIN CERTIFICATE-----\n", to: "server.pem")
        #expect(certificates.reload(at: Self.now).problem != nil)
        let key = try TLSKey.generate()
        try write(key)
        try write(certificate: key, until: Self.now - 1)
        guard case .refused(let error as CertificateProblem) = certificates.reload(at: Self.now) else {
            Issue.record("it was not refused")
            return
        }
        #expect(error == .expired(file: file))
        #expect(certificates.context === old)
    }

    @Test func `to read the same again changes nothing, and goes well`() throws {
        let certificates = try certificates()
        #expect(certificates.reload(at: Self.now).changes?.count == 0)
        #expect(certificates.check(at: Self.now) == nil)
    }

    @Test func `every file of the configuration is watched`() throws {
        let fixtures = try CertificateFixtures.shared
        guard case .authorities(let ca) = fixtures.ca else { return }
        let list = try fixtures.authority.revoke([], to: directory, as: "ca.crl")
        var identity = fixtures.encryptedKey
        identity.passphraseFile = try directory.write("secret\n", to: "passphrase")
        let visitors = Visitors.authorities(file: ca, revoked: list)
        var configuration = TLSConfiguration(role: .server([fixtures.server, fixtures.serverRSA], visitors: visitors))
        configuration.namedIdentities = [NamedIdentities(host: "localhost", identities: [identity])]
        let pairs = [fixtures.server, fixtures.serverRSA, identity].flatMap { [$0.certificateFile, $0.keyFile] }
        #expect(configuration.files == pairs + [directory.path("passphrase"), ca, list])
        let certificates = try ServerCertificates(reading: configuration, at: Self.now)
        _ = try fixtures.authority.revoke([], to: directory, as: "ca.crl")
        #expect(certificates.check(at: Self.now) == nil)
        #expect(certificates.check(at: Self.now)?.changes?.count == 0)
    }

    // MARK: The server

    @Test func `nobody is dropped, and who comes is shown the new certificate`() async throws {
        let old = try TLSKey.generate()
        try write(old)
        try write(certificate: old)
        let log = RecordingLog()
        try await TestRoom.run(configure: { $0.certificates = try certificates(new: false) }, logger: log.logger) {
            room in
            func connect(_ pinned: TLSKey) async throws -> ChatPeer {
                try await ChatPeer.connect(
                    port: room.port,
                    tls: TLSContext(.client(trust: .pins([pinned.fingerprint])))
                )
            }
            var peers: [ChatPeer] = []
            for _ in 0..<20 {
                let peer = try await connect(old)
                _ = try #require(try await peer.enter())
                peers.append(peer)
            }

            let new = try TLSKey.generate()
            try write(certificate: new)
            await room.server.reloadCertificates()
            #expect(
                log.lines(.error).map(\.message) == ["the certificates stay as they were: the new ones cannot be used"]
            )
            #expect(
                log.lines(.error).first?.metadata["error"]?.contains("is not the key of the certificate in") == true
            )
            try await connect(old).close()
            await #expect(throws: TLSError.self) { try await connect(new) }

            try write(new)
            await room.server.reloadCertificates()
            let change = try #require(log.lines(.notice).first { $0.message.contains("another certificate") })
            #expect(change.metadata["old-key"] == KeyFingerprint.text(old.fingerprint))
            #expect(change.metadata["new-key"] == KeyFingerprint.text(new.fingerprint))
            #expect(change.metadata["new-until"] == Self.end.date)
            #expect(log.lines(.warning).count == 1, "the key is another one")
            await #expect(throws: TLSError.self) { try await connect(old) }
            let newcomer = try await connect(new)
            _ = try #require(try await newcomer.enter())

            try await newcomer.say("is everybody here?")
            for peer in peers {
                let told = try await peer.lines { $0.hasSuffix(":is everybody here?") }
                #expect(told.last == "22:is everybody here?")
                // The twenty-first came and went while the old certificate stayed.
                #expect(!told.contains { $0.contains("has left") && !$0.contains("`21`") })
            }
        }
    }

    @Test func `the files are watched while the server runs`() async throws {
        let log = RecordingLog()
        let certificates = try certificates()
        let watch = CertificateWatch(certificates, clock: .system, logger: log.logger)
        let key = try TLSKey.generate()
        try write(key)
        try write(certificate: key)
        watch.look()
        #expect(log.lines.isEmpty)
        watch.look()
        #expect(log.lines(.notice).count == 1)
        watch.look()
        #expect(log.lines(.notice).count == 1)
        #expect(certificates.context.certificates.first?.publicKeyFingerprint == key.fingerprint)
    }

    @Test func `a certificate that is about to expire is warned of`() throws {
        let log = RecordingLog()
        let soon = try identity(until: Self.now + 10 * 86_400, in: directory, as: "soon")
        let certificates = try ServerCertificates(reading: .server(soon), at: Self.now)
        let watch = CertificateWatch(certificates, clock: .system, logger: log.logger)
        watch.look()
        watch.look()
        #expect(log.lines.map(\.message) == ["a certificate is about to expire"])
        #expect(log.lines(.warning).first?.metadata["file"] == soon.certificateFile)
    }

    // MARK: Parts

    private func certificates(new: Bool = true) throws -> ServerCertificates {
        if new {
            let key = try TLSKey.generate()
            try write(key)
            try write(certificate: key)
        }
        let identity = TLSIdentity(
            certificateFile: directory.path("server.pem"),
            keyFile: directory.path("server.key")
        )
        return try ServerCertificates(reading: .server(identity), at: Self.now)
    }

    private func write(certificate key: TLSKey, until end: Int64 = Self.end) throws {
        let text = try key.selfSignedCertificate(commonName: "localhost", from: 1_000, to: end)
        _ = try directory.write(text, to: "server.pem")
    }

    private func write(_ key: TLSKey) throws { _ = try directory.write(key.pem, to: "server.key") }
}

extension CertificateNews {
    var changes: [CertificateChange]? {
        if case .read(let changes) = self { changes } else { nil }
    }

    var problem: TLSError? {
        if case .refused(let error) = self { error as? TLSError } else { nil }
    }
}

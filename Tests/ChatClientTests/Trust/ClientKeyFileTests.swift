import ChatClient
import ChatCore
import Glibc
import TLS
import TestKit
import Testing

/// One's own key: made once, and for nobody else's eyes.
@Suite(.timeLimit(.minutes(5))) struct ClientKeyFileTests {
    private let directory: TemporaryDirectory
    private let file: ClientKeyFile
    private let now = WallClock.now()

    init() throws {
        directory = try TemporaryDirectory()
        file = ClientKeyFile(directory.path("own/identity.pem"))
    }

    @Test(arguments: [ClientKeyFile.Kind.p256, .ed25519])
    func `what is made can be read again, and by nobody else`(kind: ClientKeyFile.Kind) async throws {
        #expect(try await file.read() == nil)
        let key = try await file.make(kind, on: now)
        #expect(try await file.read() == key)
        #expect(key.fingerprint.bytes == key.certificate.publicKeyFingerprint)
        #expect(key.certificate.notBefore < now.milliseconds / 1000)
        #expect(CalendarDay(seconds: key.certificate.notAfter).description == "9999-12-31")
        #expect(key.certificate.subject == "CN=conclave")
        var status = stat()
        try #require(stat(file.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        // A context takes it.
        var configuration = TLSConfiguration.client(trust: .system, identity: key.identity)
        configuration.applicationProtocols = []
        _ = try TLSContext(configuration)
    }

    @Test func `one that is there is not given up unless that is meant`() async throws {
        let key = try await file.make(.p256, on: now)
        let error = await #expect(throws: ClientError.self) { try await file.make(.p256, on: now) }
        #expect(error.map { "\($0)" }?.contains("File exists") == true, "\(String(describing: error))")
        #expect(try await file.read() == key)
        #expect(try await file.make(.p256, on: now, replaces: true) != key)
    }

    @Test(arguments: [mode_t(0o640), 0o604, 0o644, 0o660])
    func `one that others can read is not used`(mode: mode_t) async throws {
        _ = try await file.make(.p256, on: now)
        try #require(chmod(file.path, mode) == 0)
        let error = await #expect(throws: ClientError.self) { try await file.read() }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains("others may read \(file.path)") && text.contains("chmod 600 \(file.path)"), "\(text)")
    }

    @Test func `a copy says the same, and takes nobody's place`() async throws {
        let key = try await file.make(.p256, on: now)
        let copy = directory.path("copy.pem")
        try await file.copy(to: copy)
        #expect(try await ClientKeyFile(copy).read()?.fingerprint == key.fingerprint)
        await #expect(throws: ClientError.self) { try await file.copy(to: copy) }
    }

    @Test func `a file of anything else is told of`() async throws {
        let fixtures = try CertificateFixtures.shared
        for path in [fixtures.garbage, fixtures.empty, fixtures.server.certificateFile, fixtures.server.keyFile] {
            chmod(path, 0o600)
            let error = await #expect(throws: ClientError.self) { try await ClientKeyFile(path).read() }
            #expect(error.map { "\($0)" }?.contains(path) == true)
        }
    }
}

import ChatCore
import TLS
import TestKit
import Testing

@testable import ChatServer

/// When certificates end, and what is said of it.
@Suite struct ExpiryTests {
    private static let day: Int64 = 86_400

    @Test(arguments: [
        (30 * day, "holds until 2033-05-18, 30 days", false), (14 * day, "holds until 2033-05-18, 14 days", false),
        (14 * day - 1, "holds until 2033-05-18, 13 days: it has to be renewed", true),
        (day, "holds until 2033-05-18, 1 day: it has to be renewed", true),
        (day - 1, "holds until 2033-05-18, less than a day: it has to be renewed", true),
        (0, "holds until 2033-05-18, less than a day: it has to be renewed", true),
        (-1, "has expired, on 2033-05-18: it has to be renewed", true),
    ])
    func `how long it is is told`(left: Int64, text: String, isDue: Bool) throws {
        let status = try status(until: 2_000_000_000, at: 2_000_000_000 - left)
        #expect(status.secondsLeft == left)
        #expect("\(status)" == "the server's certificate \(text)")
        #expect(status.isDue == isDue)
        #expect(status.isExpired == (left < 0))
    }

    @Test func `of several the one that ends first is told of`() throws {
        let directory = try TemporaryDirectory()
        let long = try identity(until: 2_000_000_000, in: directory, as: "long")
        let short = try identity(until: 1_990_000_000, in: directory, as: "short")
        var configuration = TLSConfiguration.server(long)
        configuration.namedIdentities = [NamedIdentities(host: "chat.example.org", identities: [short])]
        let certificates = try ServerCertificates(reading: configuration, at: 1_700_000_000)
        let status = try #require(certificates.status(at: 1_700_000_000))
        #expect(status.host == "chat.example.org")
        #expect(status.file == short.certificateFile)
        #expect("\(status)".hasPrefix("the server's certificate for chat.example.org holds until 2033-01-22"))
    }

    @Test func `the alarm rings once a day, from fourteen days before`() throws {
        var alarm = ExpiryAlarm()
        let end: Int64 = 2_000_000_000
        var rung: [Int64] = []
        for hour in stride(from: end - 16 * Self.day, through: end + 2 * Self.day, by: 3_600) {
            if try alarm.rings(status(until: end, at: hour), at: hour) { rung.append((end - hour) / 3_600) }
        }
        let expected = (0..<16).map { Int64(335 - 24 * $0) }
        #expect(rung == expected)
    }

    @Test func `a renewed certificate is quiet, and a clock set back is not`() throws {
        var alarm = ExpiryAlarm()
        let now: Int64 = 2_000_000_000
        func rings(_ left: Int64, at now: Int64) throws -> Bool {
            try alarm.rings(status(until: now + left, at: now), at: now)
        }
        #expect(try rings(5, at: now))
        #expect(try !rings(5, at: now + 100))
        #expect(try !rings(30 * Self.day, at: now + 200))
        #expect(try rings(5, at: now + 300))
        #expect(try !rings(5, at: now + 301))
        #expect(try rings(5, at: now + 299))
    }

    @Test(arguments: [0, 999, 2_000])
    func `a certificate that does not hold is no certificate to start with`(now: Int64) throws {
        let identity = try identity(from: 1_000, until: 1_999, in: TemporaryDirectory(), as: "short")
        let problem: CertificateProblem =
            now > 1_000 ? .expired(file: identity.certificateFile) : .notYetValid(file: identity.certificateFile)
        #expect(throws: problem) { try ServerCertificates(reading: .server(identity), at: now) }
        #expect(throws: Never.self) { try ServerCertificates(reading: .server(identity), at: 1_000) }
        #expect(throws: Never.self) { try ServerCertificates(reading: .server(identity), at: 1_999) }
    }

    private func status(until end: Int64, at now: Int64) throws -> CertificateStatus {
        let identity = try identity(until: end, in: TemporaryDirectory(), as: "server")
        return try #require(CertificateStatus(of: TLSContext(.server(identity)), at: now))
    }
}

/// A server's own, with a new key.
func identity(
    from: Int64 = 1_000,
    until end: Int64,
    in directory: TemporaryDirectory,
    as name: String
) throws -> TLSIdentity {
    let key = try TLSKey.generate()
    let certificate = try key.selfSignedCertificate(commonName: "localhost", from: from, to: end)
    return TLSIdentity(
        certificateFile: try directory.write(certificate, to: "\(name).pem"),
        keyFile: try directory.write(key.pem, to: "\(name).key")
    )
}

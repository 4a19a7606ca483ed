import FoundationEssentials
import Testing

@testable import conclave_bench

@Suite struct ReportTests {
    private static let report: LoadReport = {
        var report = LoadReport()
        report.connect = LoadReport.Connect(
            clients: 100,
            failed: 1,
            seconds: 0.2,
            handshakesPerSecond: 500,
            serverMicrosecondsPerHandshake: 650.4
        )
        report.idle = LoadReport.Memory(serverResidentKiB: 12_000, kibPerConnection: 16.25)
        var talk = LoadReport.Talk()
        talk.sentPerSecond = 10_000
        talk.deliveriesPerSecond = 1_000_000
        talk.latency = LoadReport.Latency(p50: 900, p99: 2_000.6, p999: 3_000, max: 4_000)
        report.talk = talk
        report.faults.lost = 3
        report.left = LoadReport.Memory()
        return report
    }()

    @Test func `what goes out as JSON comes back`() throws {
        let json = try Self.report.json()
        #expect(try JSONDecoder().decode(LoadReport.self, from: Data(json.utf8)) == Self.report)
    }

    @Test func `people get a line for each phase, and a question mark for what is not known`() {
        let lines = Self.report.text.split(separator: "\n")
        #expect(
            lines.first
                == "connect  100 clients, 1 failed, 0.200 s, 500 handshakes/s, server 650 us CPU per handshake"
        )
        #expect(lines.contains("         latency in us: p50 900, p99 2001, p99.9 3000, max 4000"))
        #expect(lines.contains { $0.hasPrefix("faults   3 lost") })
        #expect(lines.last == "left     server ? KiB resident, ? KiB per connection")
    }

    @Test(
        arguments: [
            (0, 0, "0"), (0.5, 0, "1"), (1.005, 1, "1.0"), (-0.04, 1, "0.0"), (-1.25, 1, "-1.3"),
            (1234.5678, 3, "1234.568"),
            (0.999, 2, "1.00"), (.infinity, 1, "?"),
        ] as [(Double, Int, String)]
    )
    func `numbers have the digits they were asked for`(value: Double, digits: Int, text: String) {
        #expect(Decimals.of(value, digits) == text)
    }
}

import ChatServer
import TestKit
import Testing

@testable import conclave_bench

/// Loads against real servers on this machine.
@Suite(.timeLimit(.minutes(5))) struct LoadTests {
    private static let plan: LoadPlan = {
        var plan = LoadPlan()
        plan.clients = 5
        plan.senders = 3
        plan.length = .messages(50)
        plan.settle = 0.3
        return plan
    }()

    private static let faultless = LoadReport.Faults()

    @Test(arguments: [true, false])
    func `five clients hear fifty messages each from the floor`(isLone: Bool) async throws {
        let report = try await RunningFloor.run(isLone: isLone) { try await Self.plan.run(against: $0) }
        #expect(report.connect?.clients == 5)
        #expect(report.talk?.sent == 50)
        #expect(report.talk?.delivered == 250)
        #expect(report.faults == Self.faultless)
    }

    @Test(arguments: [
        LoadPlan.Pace.closed(Window(size: 1), burst: 1),
        .closed(Window(size: 30), burst: 7),
        .open(rate: 5_000),
    ])
    func `whatever the pace, nothing is lost in the room`(pace: LoadPlan.Pace) async throws {
        var plan = Self.plan
        plan.pace = pace
        plan.stopped = 1
        let report = try await inProcess { try await plan.run(against: $0, measuredBy: .inProcess) }
        #expect(report.connect?.clients == 6)
        #expect(report.talk?.delivered == 250)
        #expect(report.faults == Self.faultless)
        #expect((report.talk?.serverMicrosecondsPerDelivery ?? 0) > 0)
        #expect((report.idle?.serverResidentKiB ?? 0) > 0)
    }

    @Test(arguments: [29, 4096])
    func `the smallest and the largest message arrive`(size: Int) async throws {
        var plan = Self.plan
        plan.size = size
        let report = try await inProcess { try await plan.run(against: $0) }
        #expect(report.talk?.delivered == 250)
        #expect(report.faults == Self.faultless)
    }

    @Test func `fewer handshakes in flight than clients, and all are there`() async throws {
        var plan = Self.plan
        plan.handshakesInFlight = 3
        let report = try await inProcess { try await plan.run(against: $0) }
        #expect(report.connect?.clients == 5)
        #expect(report.talk?.delivered == 250)
        #expect(report.faults == Self.faultless)
    }

    @Test func `visits come one after the other, and wait for the welcome if told to`() async throws {
        var plan = Self.plan
        plan.activity = .visits(waitsForWelcome: true)
        let report = try await inProcess { try await plan.run(against: $0, measuredBy: .inProcess) }
        #expect(report.visits?.visits == 5)
        #expect(report.visits?.failed == 0)
        #expect(report.connect == nil && report.talk == nil)
    }

    @Test func `a timed load measures what it says`() async throws {
        var plan = Self.plan
        plan.length = .time(warmup: 0.05, duration: 0.2)
        let report = try await RunningFloor.run(isLone: false) { try await plan.run(against: $0) }
        let talk = try #require(report.talk)
        #expect(talk.seconds >= 0.2)
        #expect(talk.delivered > 0)
        #expect(talk.latency.p50 > 0 && talk.latency.p50 <= talk.latency.p99 && talk.latency.p99 <= talk.latency.max)
        #expect(report.faults == Self.faultless)
    }

    @Test func `nobody there is an error that says so`() async throws {
        var plan = Self.plan
        plan.clients = 1
        plan.senders = 1
        // Port 1 of this machine: nobody listens there.
        await #expect(throws: BenchError.nobodyConnected(reason: "Connection refused")) {
            try await plan.run(against: ListenAddress(host: "127.0.0.1", port: 1))
        }
    }

    private func inProcess<R>(_ body: (ListenAddress) async throws -> R) async throws -> R {
        let server = try await InProcessServer.start(CertificateFixtures.shared.server, threads: 2)
        do {
            let result = try await body(server.address)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }
}

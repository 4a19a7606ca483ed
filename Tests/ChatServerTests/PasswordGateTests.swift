import NIOConcurrencyHelpers
import TestKit
import Testing

@testable import ChatServer

@Suite(.timeLimit(.minutes(5))) struct PasswordGateTests {
    /// A thread that works when it is told to.
    private final class Worker: Sendable {
        private let work = NIOLockedValueBox<[@Sendable () -> Void]>([])

        var waiting: Int { work.withLockedValue { $0.count } }

        func add(_ item: @escaping @Sendable () -> Void) { work.withLockedValue { $0.append(item) } }

        func runOne() {
            let item = work.withLockedValue { $0.isEmpty ? nil : $0.removeFirst() }
            item?()
        }
    }

    private final class Verdicts: Sendable {
        private let verdicts = NIOLockedValueBox<[PasswordGate.Verdict]>([])

        var all: [PasswordGate.Verdict] { verdicts.withLockedValue { $0 } }

        func add(_ verdict: PasswordGate.Verdict) { verdicts.withLockedValue { $0.append(verdict) } }
    }

    private let worker = Worker()
    private let verdicts = Verdicts()

    private func gate(failures: Int = 5, accounts: String = "alice \(OperatorFileTests.horse)") throws -> PasswordGate {
        let operators = try Operators(parsing: Array(accounts.utf8), file: "ops")
        return PasswordGate(operators, limit: AttemptLimit(failures: failures), on: worker.add)
    }

    private func attempt(
        _ gate: PasswordGate,
        _ account: String = "alice",
        _ password: String = "wrong",
        from address: String = "::1",
        now: UInt64 = 0
    ) {
        gate.check(account: account, password: Array(password.utf8), from: address, now: now, then: verdicts.add)
    }

    @Test func `the right password is accepted, and a wrong one and an unknown name refused alike`() throws {
        let gate = try gate()
        attempt(gate, "alice", "correct horse")
        attempt(gate, "alice", "correct hors")
        attempt(gate, "bob", "correct horse")
        #expect(verdicts.all == [], "nothing is hashed where the attempt is made")
        for _ in 0..<3 { worker.runOne() }
        #expect(verdicts.all == [.accepted, .refused, .refused])
        #expect(worker.waiting == 0)
    }

    @Test func `one is checked at a time`() throws {
        let gate = try gate()
        for _ in 0..<3 { attempt(gate) }
        for left in [2, 1, 0] {
            #expect(worker.waiting == 1)
            worker.runOne()
            #expect(verdicts.all.count == 3 - left)
        }
        #expect(worker.waiting == 0)
        attempt(gate, "alice", "correct horse")
        worker.runOne()
        #expect(verdicts.all.last == .accepted)
    }

    @Test func `the ninth at once is told to come again, and does not count`() throws {
        let gate = try gate(failures: 9)
        for _ in 0..<9 { attempt(gate) }
        #expect(verdicts.all == [.busy])
        worker.runOne()
        attempt(gate)
        #expect(verdicts.all == [.busy, .refused])
        for _ in 0..<8 { worker.runOne() }
        attempt(gate)
        #expect(verdicts.all.filter { $0 == .refused }.count == 9)
        #expect(verdicts.all.last == .tooMany)
    }

    @Test func `many attempts at once are no way around the limit`() throws {
        let gate = try gate(failures: 2)
        for _ in 0..<3 { attempt(gate) }
        #expect(verdicts.all == [.tooMany])
        attempt(gate, from: "::2")
        for _ in 0..<3 { worker.runOne() }
        #expect(verdicts.all == [.tooMany, .refused, .refused, .refused])
        attempt(gate, "alice", "correct horse")
        #expect(verdicts.all.last == .tooMany, "even the right password")
    }

    @Test func `who knows the password may come as often as need be`() throws {
        let gate = try gate(failures: 2)
        for now: UInt64 in 0..<10 {
            attempt(gate, "alice", "correct horse", now: now)
            worker.runOne()
        }
        #expect(verdicts.all == Array(repeating: .accepted, count: 10))
    }

    @Test func `a server without operators says so at once`() throws {
        attempt(try gate(accounts: ""))
        #expect(verdicts.all == [.noOperators])
        #expect(worker.waiting == 0)
    }

    @Test func `stopping refuses who waits, and ends when the last one has its verdict`() async throws {
        let gate = try gate()
        for _ in 0..<3 { attempt(gate) }
        let stopping = Task { await gate.stop() }
        while verdicts.all.count < 2 { await Task.yield() }
        #expect(verdicts.all == [.busy, .busy])
        attempt(gate)
        #expect(verdicts.all == [.busy, .busy, .busy])
        worker.runOne()
        await stopping.value
        #expect(verdicts.all == [.busy, .busy, .busy, .refused])
        #expect(worker.waiting == 0)
        await gate.stop()
    }

    @Test func `on SwiftNIO's own threads every attempt has one verdict`() async throws {
        let operators = try Operators(parsing: Array("alice \(OperatorFileTests.horse)".utf8), file: "ops")
        let gate = PasswordGate(operators)
        let found = await withTaskGroup(of: PasswordGate.Verdict.self) { group in
            for number in 0..<40 {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        let password = number % 4 == 0 ? "correct horse" : "wrong"
                        gate.check(account: "alice", password: Array(password.utf8), from: "\(number)", now: 0) {
                            continuation.resume(returning: $0)
                        }
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        await gate.stop()
        #expect(found.count == 40)
        #expect(found.allSatisfy { [.accepted, .refused, .busy].contains($0) })
        #expect(found.count { $0 == .accepted } <= 10)
    }
}

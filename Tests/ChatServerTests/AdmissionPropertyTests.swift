import ChatCore
import TestKit
import Testing

@testable import ChatServer

/// What ``Admission`` decides, found again by looking at every connection there is.
private struct AdmissionModel {
    struct Visit {
        let number: Int
        let home: String
        let isGuest: Bool
        var isUnfinished: Bool
    }

    let limits: Admission<Int>.Limits
    var visits: [Visit] = []
    /// When the allowance of a home is full again.
    var fullAt: [String: UInt64] = [:]

    mutating func arrive(_ number: Int, from home: String, isCounted: Bool, now: UInt64) -> String {
        let own = visits.filter { $0.home == home && isCounted }
        if isCounted {
            if isReached(limits.connectionsPerAddress, own.count) { return "address" }
            if limits.rate > 0 {
                let full = max(fullAt[home] ?? 0, now) + 1_000_000_000 / UInt64(limits.rate)
                if full > now + 5_000_000_000 { return "rate" }
            }
        }
        let isGuest = !isReached(limits.connections, visits.count { $0.isGuest })
        if !isGuest, visits.count(where: { !$0.isGuest }) >= limits.reserve { return "full" }
        if isCounted, limits.rate > 0 {
            fullAt[home] = max(fullAt[home] ?? 0, now) + 1_000_000_000 / UInt64(limits.rate)
        }
        var oldest: Int?
        if isGuest {
            let all = visits.indices.filter { visits[$0].isUnfinished }
            let ownUnfinished = all.filter { visits[$0].home == home && isCounted }
            if isReached(limits.handshakesPerAddress, ownUnfinished.count) {
                oldest = ownUnfinished.first
            } else if isReached(limits.handshakes, all.count) {
                oldest = all.first
            }
        }
        if let oldest { visits[oldest].isUnfinished = false }
        visits.append(Visit(number: number, home: home, isGuest: isGuest, isUnfinished: isGuest))
        return isGuest ? "in, not \(oldest.map { visits[$0].number } ?? -1)" : "told"
    }

    mutating func establish(_ number: Int) -> Bool {
        guard let index = visits.firstIndex(where: { $0.number == number }) else { return false }
        defer { visits[index].isUnfinished = false }
        return visits[index].isUnfinished
    }

    mutating func leave(_ number: Int) {
        visits.removeAll { $0.number == number }
    }

    private func isReached(_ limit: Int, _ count: Int) -> Bool { limit > 0 && count >= limit }
}

@Suite struct AdmissionPropertyTests {
    /// An address, and a name for all that count as the same.
    private static let homes: [(String, String, isLoopback: Bool)] = [
        ("192.0.2.1", "a", false), ("192.0.2.2", "b", false), ("2001:db8::1", "c", false),
        ("2001:db8::2", "c", false), ("2001:db8:0:1::1", "d", false), ("127.0.0.1", "e", true), ("::1", "f", true),
    ]

    @Test(arguments: SeededGenerator.seeds(60))
    func `it decides as one would who looks at all connections`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var limits = Admission<Int>.Limits()
        limits.connections = random.once(in: 3) ? 0 : Int.random(in: 1...12, using: &random)
        limits.connectionsPerAddress = random.once(in: 3) ? 0 : Int.random(in: 1...5, using: &random)
        limits.handshakes = random.once(in: 3) ? 0 : Int.random(in: 1...6, using: &random)
        limits.handshakesPerAddress = random.once(in: 3) ? 0 : Int.random(in: 1...3, using: &random)
        limits.rate = random.once(in: 3) ? 0 : Int.random(in: 1...4, using: &random)
        limits.includesLoopback = random.once(in: 2)
        limits.reserve = Int.random(in: 0...3, using: &random)
        var admission = Admission<Int>(limits: limits)
        var model = AdmissionModel(limits: limits)
        var tickets: [Int: Admission<Int>.Ticket] = [:]
        var now: UInt64 = random.next() >> 8
        for number in 0..<1000 {
            now += UInt64.random(in: 0...(random.once(in: 50) ? 12_000_000_000 : 300_000_000), using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                guard let (one, ticket) = tickets.randomElement(using: &random) else { continue }
                let answer = admission.establish(ticket)
                #expect(answer == model.establish(one))
            case 1:
                guard let (one, ticket) = tickets.randomElement(using: &random) else { continue }
                admission.leave(ticket, now: now)
                model.leave(one)
                tickets[one] = nil
            default:
                let home = Self.homes[Int.random(in: Self.homes.indices, using: &random)]
                let address = try #require(Address(home.0))
                let isCounted = limits.includesLoopback || !home.isLoopback
                let answer = admission.arrive(from: address, number, now: now)
                let expected = model.arrive(number, from: home.1, isCounted: isCounted, now: now)
                switch answer {
                case .comeIn(let ticket, let oldest):
                    #expect(expected == "in, not \(oldest ?? -1)")
                    tickets[number] = ticket
                case .full(let ticket):
                    #expect(expected == "told")
                    tickets[number] = ticket
                case .refuse(let reason): #expect(expected == "\(reason)")
                }
            }
            #expect(admission.count == model.visits.count { $0.isGuest })
            #expect(Set(admission.beingTurnedAway) == Set(model.visits.filter { !$0.isGuest }.map(\.number)))
        }
        // When all have gone and some time has passed, nobody is remembered.
        for ticket in tickets.values { admission.leave(ticket, now: now) }
        let stranger = try #require(Address("127.0.0.2"))
        for _ in 0..<10 {
            now += 6_000_000_000
            if case .comeIn(let ticket, _) = admission.arrive(from: stranger, 0, now: now) {
                admission.leave(ticket, now: now)
            }
        }
        #expect(admission.remembered <= 1)
        #expect(admission.count == 0)
    }
}

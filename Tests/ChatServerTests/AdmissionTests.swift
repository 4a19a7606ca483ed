import ChatCore
import Testing

@testable import ChatServer

@Suite struct AdmissionTests {
    private typealias Door = Admission<String>

    private func door(_ set: (inout Door.Limits) -> Void) -> Door {
        var limits = Door.Limits()
        set(&limits)
        return Door(limits: limits)
    }

    private func address(_ text: String) throws -> Address { try #require(Address(text)) }

    /// How it was answered, in one word.
    private func word(_ answer: Door.Answer) -> String {
        switch answer {
        case .comeIn(_, nil): "in"
        case .comeIn(_, let oldest?): "in instead of \(oldest)"
        case .full: "full"
        case .refuse(let reason): "refused: \(reason)"
        }
    }

    private func ticket(_ answer: Door.Answer) throws -> Door.Ticket {
        switch answer {
        case .comeIn(let ticket, _), .full(let ticket): return ticket
        case .refuse: throw Refused()
        }
    }

    private struct Refused: Error {}

    @Test func nobodyIsRefusedWithoutLimits() throws {
        var door = door { _ in }
        for index in 0..<1000 { #expect(word(door.arrive(from: try address("192.0.2.1"), "\(index)", now: 0)) == "in") }
        #expect(door.count == 1000)
        #expect(door.remembered == 0)
    }

    @Test func anIPv6NetworkIsOneAddress() throws {
        var door = door { $0.connectionsPerAddress = 2 }
        let first = try ticket(door.arrive(from: try address("2001:db8::1"), "a", now: 0))
        #expect(word(door.arrive(from: try address("2001:db8::ffff:0:0:2"), "b", now: 0)) == "in")
        #expect(word(door.arrive(from: try address("2001:db8::3"), "c", now: 0)) == "refused: address")
        #expect(word(door.arrive(from: try address("2001:db8:0:1::3"), "d", now: 0)) == "in")
        door.leave(first, now: 0)
        #expect(word(door.arrive(from: try address("2001:db8::4"), "e", now: 0)) == "in")
    }

    @Test func thisMachineIsNotLimitedUnlessThatIsWanted() throws {
        for includesLoopback in [false, true] {
            var door = door {
                $0.connectionsPerAddress = 1
                $0.rate = 1
                $0.handshakesPerAddress = 1
                $0.includesLoopback = includesLoopback
            }
            for loopback in ["127.0.0.1", "::1"] {
                #expect(word(door.arrive(from: try address(loopback), "a", now: 0)) == "in")
                let second = word(door.arrive(from: try address(loopback), "b", now: 0))
                #expect(second == (includesLoopback ? "refused: address" : "in"))
            }
        }
    }

    @Test func theOldestUnfinishedHandshakeMakesRoom() throws {
        var door = door {
            $0.handshakes = 3
            $0.handshakesPerAddress = 2
        }
        let (one, two) = (try address("192.0.2.1"), try address("192.0.2.2"))
        let a = try ticket(door.arrive(from: one, "a", now: 0))
        let b = try ticket(door.arrive(from: one, "b", now: 0))
        let wasThere = door.establish(a)
        #expect(wasThere)
        #expect(word(door.arrive(from: one, "c", now: 0)) == "in")
        #expect(word(door.arrive(from: one, "d", now: 0)) == "in instead of b")
        let isDropped = !door.establish(b)
        #expect(isDropped)
        #expect(word(door.arrive(from: two, "e", now: 0)) == "in")
        // The oldest of all, be it another's.
        #expect(word(door.arrive(from: two, "f", now: 0)) == "in instead of c")
        #expect(word(door.arrive(from: two, "g", now: 0)) == "in instead of e")
        door.leave(b, now: 0)
        door.leave(a, now: 0)
        #expect(door.count == 5)
    }

    @Test func aFullServerTellsAFewSo() throws {
        var door = door {
            $0.connections = 2
            $0.reserve = 2
        }
        let from = try address("192.0.2.1")
        let first = try ticket(door.arrive(from: from, "a", now: 0))
        #expect(word(door.arrive(from: from, "b", now: 0)) == "in")
        let full = door.arrive(from: from, "c", now: 0)
        #expect(word(full) == "full")
        #expect(door.beingTurnedAway == ["c"])
        #expect(word(door.arrive(from: from, "d", now: 0)) == "full")
        #expect(word(door.arrive(from: from, "e", now: 0)) == "refused: full")
        door.leave(try ticket(full), now: 0)
        #expect(word(door.arrive(from: from, "f", now: 0)) == "full")
        #expect(door.count == 2)
        door.leave(first, now: 0)
        #expect(word(door.arrive(from: from, "g", now: 0)) == "in")
    }

    @Test func anAddressIsForgottenWhenItHasNothingOpenAndItsAllowanceIsFull() throws {
        var door = door { $0.rate = 1 }
        let second: UInt64 = 1_000_000_000
        let from = try address("192.0.2.1")
        var tickets: [Door.Ticket] = []
        for _ in 0..<5 { tickets.append(try ticket(door.arrive(from: from, "", now: 0))) }
        #expect(word(door.arrive(from: from, "", now: 0)) == "refused: rate")
        for ticket in tickets { door.leave(ticket, now: 0) }
        #expect(word(door.arrive(from: from, "", now: second - 1)) == "refused: rate")
        let last = try ticket(door.arrive(from: from, "", now: second))
        door.leave(last, now: second)
        #expect(door.remembered == 1)
        // Anything that happens is an occasion.
        door.leave(try ticket(door.arrive(from: try address("127.0.0.1"), "", now: 11 * second)), now: 11 * second)
        #expect(door.remembered == 0)
    }

    @Test func aFloodFromAllTheWorldIsNotRememberedWithoutEnd() throws {
        var door = door { $0.rate = 20 }
        for index in 0..<100_000 {
            let ticket = try ticket(door.arrive(from: Address(ipv4: UInt32(index)), "", now: UInt64(index)))
            door.leave(ticket, now: UInt64(index))
        }
        #expect(door.remembered <= 65_537)
    }
}

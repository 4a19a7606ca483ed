import ChatCore
import ChatWire
import NIOEmbedded
import Testing

@testable import ChatServer

@Suite("Two event loops")
struct TwoLoopTests {
    private let house = House(hasFarLoop: true)

    @Test("What is said while the other loop still sends is one batch, and waits for it")
    func waits() throws {
        let far = try #require(house.far)
        let (member, outlet) = house.enter()
        house.settle()
        let before = house.log.batches.count

        house.say("one", member)
        house.loop.run()
        house.log.commit()
        house.loop.run()
        #expect(house.log.batches.count == before + 1)
        #expect(outlet.lines.last == "1:one", "who is on the hub's own loop has it already")

        house.say("two", member)
        house.loop.run()
        house.say("three", member)
        house.loop.run()
        #expect(house.log.batches.count == before + 1, "the far loop has not had its turn")

        far.loop.run()
        house.loop.run()
        #expect(house.log.batches.suffix(1) == [2])
        house.settle()
        #expect(outlet.lines.suffix(3) == ["1:one", "1:two", "1:three"])
    }

    @Test("Where nobody speaks meanwhile, the next line waits for nothing")
    func idle() throws {
        let (member, _) = house.enter()
        house.settle()
        let before = house.log.batches.count
        house.say("one", member)
        house.settle()
        house.say("two", member)
        house.loop.run()
        #expect(house.log.batches.count == before + 2)
    }

    @Test("Words are asked for on both loops, keep their place, and who has none is told so")
    func words() throws {
        let far = try #require(house.far)
        let (member, outlet) = house.enter()
        let other = FakeOutlet()
        other.words = 0
        let session = far.shard.connect(other).session
        far.shard.submit(Command(session, .arrive(from: nil)))
        for _ in 0..<2 { house.settle() }
        far.loop.run()
        house.settle()

        house.shard.submit(Command(member.session, .verify(.number(MemberID(2)))))
        house.say("later", member)
        house.settle()
        far.loop.run()
        house.settle()
        let words = VerificationWords(bits: 0).description
        #expect(outlet.lines.suffix(2).first?.hasPrefix("* the words of `2`: \(words)") == true)
        #expect(outlet.lines.last == "1:later")
        #expect(house.traffic.count == 0)

        house.shard.submit(Command(member.session, .verify(nil)))
        for _ in 0..<2 { house.settle() }
        #expect(outlet.lines.last == "* \(Refusal.notVerifiable(nil))")
    }

    @Test("Whoever waits for the other loop hears the farewell all the same")
    func farewell() throws {
        let far = try #require(house.far)
        let (member, outlet) = house.enter()
        house.settle()
        house.say("one", member)
        house.loop.run()
        house.log.commit()
        house.loop.run()
        house.say("two", member)
        house.loop.run()
        house.hub.stop()
        house.loop.run()
        far.loop.run()
        house.settle()
        house.settle()
        #expect(outlet.lines.contains("1:two"))
        #expect(outlet.isClosed)
    }
}

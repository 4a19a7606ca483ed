import ChatCore
import ChatTerminal
import Testing

/// Who comes and goes.
@Suite struct PresenceTests {
    let alice = Drawing.alice
    let bob = Drawing.bob
    let carol = Drawing.carol
    let dave = Drawing.author("dave", 4)
    let erin = Drawing.author("erin", 5)

    @Test func `those who enter together are told together`() {
        var screen = Drawing()
        #expect(screen.event(.entered(dave)) == "")
        #expect(screen.event(.entered(erin)) == "")
        #expect(screen.event(.left(bob)) == "")
        #expect(screen.wait(1) == "")
        #expect(screen.wait(1) == "12:00 → dave, erin entered\n12:00 ← bob left")
        #expect(screen.wait(10) == "")
    }

    @Test func `what is said next does not wait for it, nor it for that`() {
        var screen = Drawing()
        #expect(screen.event(.entered(dave)) == "")
        #expect(screen.say(dave, "hi") == "12:00 → dave entered\n12:00 dave: hi")
    }

    @Test func `who comes and goes in a moment is not told`() {
        var screen = Drawing()
        _ = screen.event(.entered(dave))
        _ = screen.event(.left(dave))
        _ = screen.event(.left(bob))
        // Another number, but the same name.
        _ = screen.event(.entered(Drawing.author("BOB", 17)))
        #expect(screen.wait(5) == "")
        #expect(screen.rooms.due == nil)
    }

    @Test func `in a large room only who has spoken lately is told of`() {
        let crowd = (10...40).map { Drawing.author("member\($0)", $0) }
        var screen = Drawing(others: [bob] + crowd)
        _ = screen.say(bob, "hello")
        _ = screen.event(.left(bob))
        _ = screen.event(.left(crowd[0]))
        _ = screen.event(.entered(dave))
        #expect(screen.wait(2) == "12:00 ← bob left")
        _ = screen.event(.renamed(from: crowd[1], to: erin))
        _ = screen.wait(20 * 60)
        _ = screen.event(.entered(Drawing.author("bob", 50)))
        #expect(screen.wait(2) == "12:20 → bob entered")
        _ = screen.wait(30 * 60)
        _ = screen.event(.left(Drawing.author("bob", 50)))
        #expect(screen.wait(2) == "")
    }

    @Test func `who has spoken lately is known by the server's clock, however wrong ours is`() {
        let crowd = (10...40).map { Drawing.author("member\($0)", $0) }
        for skew in [-7200, 7200] {
            var screen = Drawing(others: [bob] + crowd)
            let at = screen.now.adding(seconds: skew)
            _ = screen.event(.said(bob, CleanText("hello")), at: at)
            _ = screen.event(.left(bob), at: at.adding(seconds: 1))
            _ = screen.event(.left(crowd[0]), at: at.adding(seconds: 1))
            #expect(screen.wait(2).hasSuffix("← bob left"))
            _ = screen.event(.entered(Drawing.author("bob", 50)), at: at.adding(seconds: 40 * 60))
            #expect(screen.wait(2) == "")
        }
    }

    @Test func `many are counted`() {
        var screen = Drawing(width: 80, others: [])
        for number in 1...11 { _ = screen.event(.entered(Drawing.author("m\(number)", UInt64(100 + number)))) }
        for number in 10...10 { _ = screen.event(.left(Drawing.author("m\(number)", UInt64(100 + number)))) }
        #expect(screen.wait(2) == "12:00 → m1, m2, m3, m4, m5, m6, m7, m8 and 2 others entered")
    }

    @Test func `nobody is told of oneself, nor who wants quiet of anybody`() {
        var screen = Drawing()
        _ = screen.event(.entered(alice))
        #expect(screen.wait(2) == "")
        screen.rooms.look.change(.quiet(true))
        _ = screen.event(.entered(dave))
        #expect(screen.event(.renamed(from: bob, to: erin)) == "")
        #expect(screen.wait(2) == "")
        #expect(screen.event(.renamed(from: alice, to: Drawing.author("alicia", 1))) == "12:00 * alice is now alicia")
        #expect(screen.rooms.own?.label == "alicia")
    }

    @Test func `the roster knows who spoke last`() {
        var screen = Drawing(others: [bob, carol, dave])
        _ = screen.say(carol, "1")
        screen.now = screen.now.adding(seconds: 1)
        _ = screen.say(dave, "2")
        _ = screen.event(.entered(erin))
        #expect(screen.rooms.roster(of: .lobby).byActivity.map(\.label) == ["dave", "carol", "alice", "bob", "erin"])
        _ = screen.event(.left(dave))
        _ = screen.event(.renamed(from: carol, to: Drawing.author("zoe", 3)))
        #expect(screen.rooms.roster(of: .lobby).byActivity.map(\.label) == ["zoe", "alice", "bob", "erin"])
        #expect(screen.rooms.roster(of: .lobby).count == 4)
    }
}

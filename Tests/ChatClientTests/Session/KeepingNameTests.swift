import ChatCore
import ChatWire
import Testing

@testable import ChatClient

/// What becomes of one's name when the connection is lost.
@Suite struct KeepingNameTests {
    private let tea: RoomName
    private let alice: Nickname

    init() throws {
        tea = try RoomName("tea")
        alice = try Nickname("alice")
    }

    @Test func `a name that is gone is told of`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter(as: alice)
        talk.lose()
        talk.connect(secret: 2)
        try talk.answer(.entered(Talk.entered(uid: 9, isResumed: false)))
        try talk.refuse(.nameTaken)
        #expect(talk.takeTold().last == .nameLost(alice, Talk.error(.nameTaken)))
    }

    @Test func `who is in no room takes its name again all the same`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.ask(1, .rename(alice))
        try talk.answer(.named(Author(MemberID(1), name: alice)))
        talk.lose()
        talk.ask(2, .whisper(to: .number(MemberID(5)), CleanText("psst")))
        talk.connect(secret: 2, uid: 9)
        #expect(talk.operations == [.rename(alice), .whisper(to: .number(MemberID(5)), CleanText("psst"))])
        try talk.refuse(.nameTaken)
        #expect(talk.takeTold().last == .nameLost(alice, Talk.error(.nameTaken)), "by who we have been, as like as not")
        try talk.answer(.whispered(to: Author(MemberID(5)), away: nil))
        talk.ask(3, .enter(tea, Entry()))
        #expect(talk.operations == [.enter(tea, Entry(session: Talk.secret(1)))])
        try talk.answer(.entered(Talk.entered(tea, name: alice, isResumed: true)))
        talk.lose()
        talk.connect(secret: 3, uid: 10)
        try talk.answer(.entered(Talk.entered(tea, uid: 10, isResumed: false)))
        #expect(talk.operations == [.rename(alice)])
    }

    @Test func `unless it is about to enter one, which says who it is`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.ask(1, .rename(alice))
        try talk.answer(.named(Author(MemberID(1), name: alice)))
        talk.lose()
        talk.ask(2, .enter(tea, Entry()))
        talk.connect(secret: 2, uid: 9)
        #expect(talk.operations == [.enter(tea, Entry(session: Talk.secret(1)))])
        try talk.answer(.entered(Talk.entered(tea, uid: 9, isResumed: false)))
        #expect(talk.operations == [.rename(alice)])
    }

    @Test func `a name that cannot be had at first is told to who wanted it`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.ask(1, .enter(.lobby, Entry(as: alice)))
        try talk.refuse(.nameTaken)
        #expect(talk.completed[1] == .failure(.refused(Talk.error(.nameTaken))))
        #expect(talk.session.intention == .stay)
        talk.lose()
        talk.connect(secret: 2)
        #expect(talk.operations == [])
    }
}

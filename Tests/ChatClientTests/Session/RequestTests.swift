import ChatCore
import ChatWire
import Testing

@testable import ChatClient

/// What becomes of requests as long as the connection holds.
@Suite struct RequestTests {
    @Test func `answers find who has asked`() throws {
        var talk = Talk()
        talk.ask(1, .rooms(prefix: ""))
        #expect(talk.operations == [], "it waits for a connection")
        talk.connect(secret: 1)
        talk.ask(2, .ping)
        #expect(talk.operations == [.rooms(prefix: ""), .ping])
        try talk.answer(.rooms(Listing([], more: 0)))
        try talk.refuse(.refused)
        #expect(talk.completed[1] == .success(.rooms(Listing([], more: 0))))
        #expect(talk.completed[2] == .failure(.refused(Talk.error(.refused))))
    }

    @Test func `an answer that names no request is that of the oldest`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.say(1, "much too long")
        talk.say(2, "short")
        try talk.refuse(.tooLong, withReference: false)
        #expect(talk.completed[1] == .failure(.refused(Talk.error(.tooLong))))
        #expect(talk.completed[2] == nil)
    }

    @Test func `answers to nothing and answers that come twice are passed over`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.hear(.answer(StructuredAnswer(ref: nil, .failure(Talk.error(.malformed)))))
        talk.hear(.answer(StructuredAnswer(ref: "77", .success(.object([])))))
        talk.say(1, "hello")
        let ref = try #require(talk.sent.first?.ref)
        try talk.answer(.said(2, again: false))
        talk.hear(.answer(StructuredAnswer(ref: ref, .success(.object([.init("seq", .integer(3))])))))
        #expect(talk.completed[1] == .success(.said(2, again: false)))
        #expect(talk.session.intention == .stay)
    }

    @Test func `an answer without what it is for is told of`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.ask(1, .rooms(prefix: ""))
        try talk.answer(.done)
        #expect(talk.completed[1] == .failure(.notUnderstood))
        #expect(talk.session.intention == .stay)
        talk.say(2, "hello")
        try talk.answer(.done)
        #expect(talk.completed[2] == nil, "it is said again on the next connection")
        #expect(talk.session.intention != .stay)
    }

    @Test func `who says more than the window holds waits`() throws {
        var talk = Talk { $0.window = 2 }
        talk.connect(secret: 1)
        try talk.enter()
        for number: RequestNumber in 2...5 { talk.say(number, "\(number)") }
        talk.ask(6, .ping)
        #expect(talk.operations.count == 3, "the window holds back only what is said")
        try talk.answer(.said(2, again: false))
        #expect(talk.operations.count == 3)
        talk.lose()
        talk.connect(secret: 2)
        try talk.answer(.entered(Talk.entered(isResumed: true)))
        #expect(talk.operations.count == 2)
        for number: RequestNumber in 3...5 { try talk.answer(.said(number, again: false)) }
        #expect(talk.completed[5] == .success(.said(5, again: false)))
    }

    @Test func `who gives up before it was sent has not asked`() throws {
        var talk = Talk { $0.window = 1 }
        talk.ask(1, .ping)
        talk.cancel(1)
        talk.connect(secret: 1)
        #expect(talk.operations == [])
        talk.say(2, "first")
        talk.say(3, "second")
        talk.cancel(3)
        try talk.answer(.said(1, again: false))
        #expect(talk.operations == [])
        #expect(talk.completed[1] == .failure(.cancelled))
        #expect(talk.completed[3] == .failure(.cancelled))
    }

    @Test func `who gives up after it was sent hears no answer, and it is not said again`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.say(1, "hello")
        talk.ask(2, .ping)
        talk.cancel(1)
        talk.cancel(2)
        talk.cancel(2)
        try talk.answer(.said(1, again: false))
        try talk.answer(.done)
        talk.say(3, "again")
        talk.cancel(3)
        talk.lose()
        talk.connect(secret: 2)
        #expect(talk.operations == [])
        #expect([1, 2, 3].allSatisfy { talk.completed[$0] == .failure(.cancelled) })
    }

    @Test func `nobody need wait for a room that is entered`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.ask(1, .enter(.lobby, Entry()))
        talk.cancel(1)
        try talk.answer(.entered(Talk.entered()))
        talk.lose()
        talk.connect(secret: 2)
        #expect(talk.operations.count == 1, "it was entered all the same")
    }
}

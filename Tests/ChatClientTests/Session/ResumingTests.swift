import ChatCore
import ChatWire
import Testing

@testable import ChatClient

/// What a session does when it has lost its connection.
@Suite struct ResumingTests {
    private let tea: RoomName
    private let alice: Nickname

    init() throws {
        tea = try RoomName("tea")
        alice = try Nickname("alice")
    }

    @Test func `it goes on where it was, as who it was`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter(as: alice, head: 4)
        talk.hear(.event(Talk.event(5)))
        talk.lose()
        talk.connect(secret: 2, uid: 9)
        let entry = Entry(from: .after(5, of: Talk.epoch(7)), session: Talk.secret(1))
        #expect(talk.operations == [.enter(.lobby, entry)])
        try talk.answer(.entered(Talk.entered(name: alice, head: 8, after: 5, isResumed: true)))
        #expect(talk.operations == [], "the name is still ours")
        talk.lose()
        talk.connect(secret: 3, uid: 10)
        #expect(talk.operations == [.enter(.lobby, entry)], "after a takeover the first secret stays good")
    }

    @Test func `who is somebody new shows the new secret from then on, and takes its name again`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter(as: alice)
        talk.say(2, "hello")
        talk.lose()
        talk.connect(secret: 2, uid: 9)
        try talk.answer(.entered(Talk.entered(uid: 9, isResumed: false)))
        #expect(talk.operations.count == 2)
        #expect(talk.operations.first == .rename(alice), "before what is said again")
        try talk.answer(.named(Author(MemberID(9), name: alice)))
        try talk.answer(.said(2, again: true))
        #expect(talk.completed[2] == .success(.said(2, again: true)))
        talk.lose()
        talk.connect(secret: 3, uid: 10)
        #expect(talk.takeSent() == [.enter(.lobby, Entry(from: .after(1, of: Talk.epoch(7)), session: Talk.secret(2)))])
    }

    @Test func `of several rooms only the first is entered with the secret`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter(head: 3)
        talk.ask(2, .enter(tea, Entry(from: .last(10))))
        try talk.answer(.entered(Talk.entered(tea, head: 20, after: 11)))
        talk.lose()
        talk.connect(secret: 2)
        #expect(talk.operations.count == 1)
        try talk.answer(.entered(Talk.entered(head: 3, isResumed: true)))
        let again = Entry(from: .after(11, of: Talk.epoch(7)))
        #expect(talk.operations == [.enter(tea, again)], "nothing of it has come")
        try talk.answer(.entered(Talk.entered(tea, head: 20, after: 11)))
        talk.hear(.event(Talk.event(15, in: tea)))
        talk.lose()
        talk.connect(secret: 3)
        try talk.answer(.entered(Talk.entered(head: 3, isResumed: true)))
        #expect(talk.operations == [.enter(tea, Entry(from: .after(15, of: Talk.epoch(7))))])
    }

    @Test func `a room that is closed to us is given up, and the next one shows the secret`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter()
        talk.ask(2, .enter(tea, Entry()))
        try talk.answer(.entered(Talk.entered(tea)))
        talk.say(3, "sent")
        talk.lose()
        talk.say(4, "not sent")
        talk.connect(secret: 2)
        _ = talk.takeTold()
        try talk.refuse(.mayNotEnter)
        #expect(talk.takeTold() == [.notEntered(.lobby, Talk.error(.mayNotEnter))])
        #expect(talk.completed[3] == .failure(.interrupted), "it may have been said")
        #expect(talk.completed[4] == .failure(.refused(Talk.error(.mayNotEnter))))
        let entry = Entry(from: .after(1, of: Talk.epoch(7)), session: Talk.secret(1))
        #expect(talk.operations == [.enter(tea, entry)])
    }

    @Test func `what is not acknowledged is said again, in order, when the rooms are entered`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter()
        talk.say(2, "one")
        talk.say(3, "two")
        try talk.answer(.said(2, again: false))
        talk.say(4, "three")
        talk.ask(5, .whisper(to: .name(alice), CleanText("psst")))
        talk.lose()
        #expect(talk.completed[5] == .failure(.interrupted))
        talk.ask(6, .rooms(prefix: ""))
        talk.connect(secret: 2)
        #expect(talk.operations.count == 1)
        try talk.answer(.entered(Talk.entered(isResumed: true)))
        func said(_ number: RequestNumber, _ text: String) -> StructuredRequest.Operation {
            .say(.lobby, CleanText(text), isAction: false, id: MessageID("id-\(number)"))
        }
        #expect(talk.operations == [said(3, "two"), said(4, "three"), .rooms(prefix: "")])
        try talk.answer(.said(3, again: true))
        try talk.answer(.said(4, again: false))
        #expect(talk.completed[3] == .success(.said(3, again: true)))
        #expect(talk.completed[4] == .success(.said(4, again: false)))
    }

    @Test func `what the server may have forgotten is not said again`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter()
        talk.say(2, "long ago")
        talk.lose()
        talk.say(3, "waited only")
        talk.now += .seconds(10 * 60)
        talk.connect(secret: 2)
        try talk.answer(.entered(Talk.entered(isResumed: false)))
        #expect(talk.completed[2] == .failure(.interrupted))
        #expect(talk.operations.count == 1)
    }

    @Test func `an entering that was not answered is asked for again`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        let entry = Entry(as: alice, from: .last(5))
        talk.ask(1, .enter(.lobby, entry))
        talk.lose()
        #expect(talk.completed[1] == nil)
        talk.connect(secret: 2)
        var again = entry
        again.session = Talk.secret(1)
        #expect(talk.operations == [.enter(.lobby, again)], "the name may be held by who we were")
        try talk.answer(.entered(Talk.entered(name: alice, isResumed: true)))
        #expect(talk.completed[1] == .success(.entered(Talk.entered(name: alice, isResumed: true))))
    }

    @Test func `events are told once`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter(head: 4)
        for sequence: UInt64 in [4, 5, 5, 7, 6, 8] { talk.hear(.event(Talk.event(sequence))) }
        let told = talk.takeTold()
        #expect(told == [5, 7, 8].map { .room(Talk.event($0)) })
        talk.hear(.gap(.lobby, after: 8, missed: 3))
        #expect(talk.takeTold() == [.gap(.lobby, after: 8, missed: 3)])
    }

    @Test func `in another epoch numbers begin anew`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter(head: 400)
        talk.say(2, "hello")
        talk.lose()
        talk.connect(secret: 2)
        _ = talk.takeTold()
        let entered = Talk.entered(epoch: 8, head: 3, isReset: true, isResumed: false)
        try talk.answer(.entered(entered))
        talk.hear(.event(Talk.event(3)))
        talk.hear(.event(Talk.event(4)))
        #expect(talk.takeTold() == [.entered(entered), .room(Talk.event(4))])
        #expect(talk.operations.count == 1, "what was not acknowledged is said again")
        talk.lose()
        talk.connect(secret: 3)
        #expect(talk.takeSent() == [.enter(.lobby, Entry(from: .after(4, of: Talk.epoch(8)), session: Talk.secret(2)))])
    }

    @Test func `a room that was entered can be wanted from before`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter(head: 9)
        talk.ask(2, .enter(.lobby, Entry(from: .after(2, of: nil))))
        try talk.answer(.entered(Talk.entered(head: 9, after: 2)))
        _ = talk.takeTold()
        talk.hear(.event(Talk.event(3)))
        #expect(talk.takeTold() == [.room(Talk.event(3))])
    }

    @Test func `who was removed or has left does not come back`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter()
        talk.ask(2, .enter(tea, Entry()))
        try talk.answer(.entered(Talk.entered(tea)))
        talk.ask(3, .leave(tea))
        try talk.answer(.left(tea))
        talk.hear(.notice(.removed(.lobby, by: Author(MemberID(3)), reason: nil, isBan: false)))
        talk.lose()
        talk.connect(secret: 2)
        #expect(talk.operations == [])
    }
}

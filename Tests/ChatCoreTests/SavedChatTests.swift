import TestKit
import Testing

@testable import ChatCore

/// Rooms that outlive those who are in them, and the process.
@Suite struct SavedChatTests {
    private let den: RoomName
    private var now = Timestamp(milliseconds: 1_000_000)
    private var kept = KeptChat()
    private var state: ChatState

    init() throws {
        den = try RoomName("den")
        state = ChatState(saved: kept.saved, at: now)
    }

    @discardableResult
    private mutating func run(_ serial: UInt64, _ action: Action, in room: RoomName? = nil) -> [Outcome] {
        let made = state.apply([Command(SessionID(shard: 0, serial: serial), in: room, action)], at: now)
        kept.take(made, of: state)
        return made
    }

    /// The server is started anew from what was kept.
    private mutating func restart() {
        state = ChatState(saved: kept.saved, at: now)
    }

    private mutating func pass(_ seconds: Int) {
        now = now.adding(seconds: seconds)
        kept.take(state.apply([], at: now), of: state)
    }

    @Test func `a fresh log begins with the lobby, whose epoch stays`() {
        var test = self
        test.run(1, .arrive(from: nil))
        let epoch = test.state.lobby.epoch
        #expect(test.kept.saved.rooms.map(\.record.name) == [.lobby])
        test.restart()
        #expect(test.state.lobby.epoch == epoch)
        test.run(1, .arrive(from: nil))
        #expect(test.state.newestMember == MemberID(2))
        #expect(test.state.lobby.head == 2)
    }

    @Test func `a room in which something was said is kept when all have left, and counts as no room`() throws {
        var test = self
        test.run(1, .arrive(from: nil))
        test.run(1, .join(den, only: false))
        test.run(1, .say(CleanText("hello")), in: den)
        test.run(1, .topic(CleanText("cats")), in: den)
        test.run(1, .leave, in: den)
        test.pass(600)
        #expect(test.state.roomCount == 2 && test.state.asleep == 1)
        #expect(test.state.nextDeadline == nil)
        let view = try #require(test.run(1, .join(den, only: false)).views.first)
        #expect(view.topic == CleanText("cats") && view.mayModerate)
        #expect(test.state.asleep == 0)
        test.restart()
        test.run(1, .arrive(from: nil))
        let again = try #require(test.run(1, .join(den, only: false)).views.first)
        #expect(again.topic == CleanText("cats") && !again.mayModerate, "nobody who is there has made it")
    }

    @Test func `a room that is kept counts as no room from a restart on`() throws {
        var test = self
        test.run(1, .arrive(from: nil))
        test.run(1, .join(den, only: false))
        test.run(1, .say(CleanText("hello")), in: den)
        test.restart()
        #expect(test.state.roomCount == 2 && test.state.asleep == 1 && test.state.nextDeadline == nil)
        test.run(1, .arrive(from: nil))
        test.run(1, .join(den, only: false))
        #expect(test.state.asleep == 0)
    }

    @Test func `a room in which nothing was said ends, as does a closed one, to which nobody could come back`() {
        var test = self
        test.run(1, .arrive(from: nil))
        test.run(1, .join(den, only: false))
        test.run(1, .leave, in: den)
        test.pass(600)
        #expect(test.state.roomCount == 1 && test.kept.saved.rooms.count == 1)
        test.run(1, .join(den, only: false))
        test.run(1, .say(CleanText("hello")), in: den)
        test.run(1, .setPrivate(true), in: den)
        test.run(1, .leave, in: den)
        test.pass(600)
        #expect(test.state.roomCount == 1 && test.kept.saved.rooms.count == 1)
    }

    @Test func `bans, mutes and settings are in force after a restart`() throws {
        var test = self
        for serial in 1...3 as ClosedRange<UInt64> { test.run(serial, .arrive(from: Address("192.0.2.\(serial)"))) }
        test.run(1, .becomeOperator)
        test.run(2, .name(try Nickname("bob")))
        test.run(1, .ban(.member(.number(MemberID(2))), seconds: nil, reason: CleanText("spam")))
        test.run(1, .mute(.number(MemberID(3)), seconds: 60))
        test.run(1, .slow(seconds: 7))
        test.restart()
        #expect(test.state.lobby.slow == 7)
        let back = test.run(8, .arrive(from: Address("192.0.2.2")))
        #expect(back.contains(.closes(SessionID(shard: 0, serial: 8))), "banned by address")
        test.run(9, .arrive(from: Address("192.0.2.3")))
        #expect(test.run(9, .say(CleanText("x"))).refusals == [.muted(.lobby, seconds: 60)])
        test.run(9, .depart)
        test.run(1, .arrive(from: nil))
        test.run(1, .becomeOperator)
        test.run(1, .unban("bob"))
        test.restart()
        #expect(test.state.lobby.bans.isEmpty)
    }

    @Test func `a message that is sent again after a restart is not said twice`() throws {
        var test = self
        let id = try #require(MessageID("5b0e"))
        let post = Action.post(CleanText("hello"), isAction: false, id: id)
        for serial in 1...2 as ClosedRange<UInt64> {
            test.run(serial, .connect(from: nil))
            test.run(serial, .enter(.lobby, Entry(as: try Nickname("alice"))))
            let made = test.run(serial, post, in: .lobby)
            #expect(made.events.count == (serial == 1 ? 1 : 0))
            #expect(
                made.contains(.answer(SessionID(shard: 0, serial: serial), .posted(2, in: .lobby, again: serial == 2)))
            )
            test.restart()
        }
        test.run(3, .connect(from: nil))
        test.run(3, .enter(.lobby, Entry(as: try Nickname("alice"))))
        let other = test.run(3, .post(CleanText("bye"), isAction: false, id: id), in: .lobby)
        #expect(other.refusals == [.idReused(id)])
    }

    @Test func `nor is one by a member without a name, which goes by another number then`() throws {
        var test = self
        let id = try #require(MessageID("5b0e"))
        test.run(1, .connect(from: nil))
        test.run(1, .enter(.lobby, Entry()))
        test.run(1, .post(CleanText("hello"), isAction: false, id: id), in: .lobby)
        test.restart()
        for serial in 2...3 as ClosedRange<UInt64> {
            test.run(serial, .connect(from: nil))
            test.run(serial, .enter(.lobby, Entry()))
        }
        let again = test.run(2, .post(CleanText("hello"), isAction: false, id: id), in: .lobby)
        #expect(again.contains(.answer(SessionID(shard: 0, serial: 2), .posted(2, in: .lobby, again: true))))
        let other = test.run(3, .post(CleanText("bye"), isAction: false, id: id), in: .lobby)
        #expect(other.events == [.said(SessionID(shard: 0, serial: 3).author, CleanText("bye"))])
    }

    @Test func `what one has said is forgotten in every room, and nothing that others have said`() {
        var test = self
        for serial in 1...2 as ClosedRange<UInt64> { test.run(serial, .arrive(from: nil)) }
        #expect(test.run(1, .forget).refusals == [.nothingToForget])
        test.run(1, .say(CleanText("one")))
        test.run(2, .say(CleanText("two")))
        test.run(1, .join(den, only: false))
        test.run(1, .act(CleanText("three")), in: den)
        let made = test.run(1, .forget)
        let alice = SessionID(shard: 0, serial: 1)
        #expect(made.events == [.forgot(alice.author), .forgot(alice.author)])
        #expect(made.answers(to: alice) == [.forgot(rooms: 2)])
        let texts = test.kept.events.values.joined().compactMap(\.body.text)
        #expect(texts == [CleanText("two")])
        #expect(test.run(1, .forget).refusals == [.nothingToForget])
        test.run(1, .say(CleanText("four")), in: .lobby)
        #expect(test.kept.events[.lobby]?.last?.body.text == CleanText("four"))
    }
}

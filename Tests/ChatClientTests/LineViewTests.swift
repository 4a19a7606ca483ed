import ChatCore
import ChatWire
import Testing

@testable import ChatClient

/// What a user of lines sees of events, and how.
@Suite struct LineViewTests {
    private let tea: RoomName
    private let alice: Author
    private let bob: Author

    init() throws {
        tea = try RoomName("tea")
        alice = Author(MemberID(1), name: try Nickname("alice"))
        bob = Author(MemberID(2), name: try Nickname("bob"))
    }

    /// As alice sees it, an hour east of UTC.
    private func view() -> LineView {
        var view = LineView { _ in 3600 }
        view.own = alice.member
        return view
    }

    private func event(_ sequence: UInt64, _ body: Event.Body, in room: RoomName = .lobby) -> RoomEvent {
        RoomEvent(room: room, sequence: sequence, at: Timestamp(milliseconds: 60_000), body: body)
    }

    @Test func `what is of the past stands as history, and of that only what was said`() {
        var view = view()
        view.heads = [.lobby: 7]
        let said = Event.Body.said(bob, CleanText("hi"))
        #expect(view.line(event(7, said))?.string == "* [01:01] bob:hi")
        #expect(view.line(event(8, said))?.string == "bob:hi")
        #expect(view.line(event(7, .acted(bob, CleanText("waves"))))?.string == "* [01:01] ~ bob waves")
        #expect(view.line(event(7, .announced(CleanText("x"), by: bob)))?.string.hasPrefix("* [01:01] * ann") == true)
        for body in [.entered(bob), .left(bob), .topic(nil, by: bob), .ruled(.slow(seconds: 1), by: bob)]
            as [Event.Body]
        {
            #expect(view.line(event(7, body)) == nil)
            #expect(view.line(event(8, body)) != nil)
        }
        #expect(view.line(event(7, said, in: tea))?.string == "bob:hi", "each room has a past of its own")
    }

    @Test func `the time is that of the event, where its reader is`() {
        var view = view()
        view.change(.time(true))
        #expect(view.line(event(1, .said(bob, CleanText("hi"))))?.string == "01:01 bob:hi")
        view.change(.time(false))
        #expect(view.line(event(1, .said(bob, CleanText("hi"))))?.string == "bob:hi")
    }

    @Test func `who wants quiet hears speech, and who wants no echo the others`() {
        var view = view()
        view.change(.quiet(true))
        view.change(.echo(false))
        #expect(view.line(event(1, .entered(bob))) == nil)
        #expect(view.line(event(2, .renamed(from: bob, to: bob))) == nil)
        #expect(view.line(event(3, .said(alice, CleanText("x")))) == nil)
        #expect(view.line(event(4, .said(bob, CleanText("x")))) != nil)
        view.change(.quiet(false))
        view.change(.echo(true))
        #expect(view.line(event(5, .entered(bob))) != nil)
        #expect(view.line(event(6, .said(alice, CleanText("x")))) != nil)
    }

    @Test func `who is ignored says nothing, now and before, also when it comes again under its name`() throws {
        var view = view()
        view.heads = [.lobby: 1]
        view.ignore(bob, true)
        let again = Author(MemberID(9), name: bob.name)
        let renamed = Author(bob.member, name: try Nickname("robert"))
        for author in [bob, again, renamed] {
            #expect(view.ignores(author))
            for sequence: UInt64 in [1, 2] {
                #expect(view.line(event(sequence, .said(author, CleanText("x")))) == nil)
                #expect(view.line(event(sequence, .acted(author, CleanText("x")))) == nil)
            }
        }
        #expect(view.line(event(2, .entered(bob))) != nil, "that it is there is no speech")
        view.ignore(bob, false)
        #expect(view.line(event(2, .said(again, CleanText("x")))) != nil)
    }

    @Test func `no line has anything in it that a terminal obeys`() {
        let line = view().line(event(1, .said(bob, CleanText("\u{1B}[2J\u{202E}\n"))))
        #expect(line?.string == "bob:\u{FFFD}[2J\u{FFFD}\u{FFFD}")
    }
}

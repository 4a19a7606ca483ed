import ChatCore
import Testing

@Suite struct ChatStateTests {
    private let alice = SessionID(shard: 0, serial: 1)
    private let bob = SessionID(shard: 1, serial: 1)
    private let hello = CleanText("hello")

    @Test func `whoever enters gets the next number, from 1`() {
        var state = ChatState()
        #expect(state.apply(Command(alice, .enter)) == .entered(MemberID(1)))
        #expect(state.apply(Command(bob, .enter)) == .entered(MemberID(2)))
        #expect(state.count == 2)
    }

    @Test func `a session that comes back is somebody new`() {
        var state = ChatState()
        _ = state.apply(Command(alice, .enter))
        #expect(state.apply(Command(alice, .leave)) == .left(MemberID(1)))
        #expect(state.apply(Command(alice, .enter)) == .entered(MemberID(2)))
        #expect(state.count == 1)
    }

    @Test func `a member speaks under its number`() {
        var state = ChatState()
        _ = state.apply(Command(alice, .enter))
        _ = state.apply(Command(bob, .enter))
        #expect(state.apply(Command(bob, .say(hello))) == .said(MemberID(2), hello))
        #expect(state.apply(Command(alice, .say(hello))) == .said(MemberID(1), hello))
    }

    @Test func `nobody speaks or leaves from outside`() {
        var state = ChatState()
        #expect(state.apply(Command(alice, .say(hello))) == nil)
        #expect(state.apply(Command(alice, .leave)) == nil)
        _ = state.apply(Command(alice, .enter))
        _ = state.apply(Command(alice, .leave))
        #expect(state.apply(Command(alice, .say(hello))) == nil)
        #expect(state.apply(Command(alice, .leave)) == nil)
        #expect(state.count == 0)
    }

    @Test func `entering twice does nothing and uses up no number`() {
        var state = ChatState()
        _ = state.apply(Command(alice, .enter))
        #expect(state.apply(Command(alice, .enter)) == nil)
        #expect(state.apply(Command(bob, .enter)) == .entered(MemberID(2)))
        #expect(state.count == 2)
    }

    @Test func `sessions of the same serial on two shards are two`() {
        var state = ChatState()
        _ = state.apply(Command(alice, .enter))
        #expect(state.apply(Command(bob, .leave)) == nil)
        #expect(state.apply(Command(bob, .enter)) == .entered(MemberID(2)))
    }
}

import ChatClient
import ChatCore
import ChatTerminal
import ChatWire
import Testing

@testable import conclave

/// What the client is told is what the screen is told.
@Suite struct HappeningTests {
    let bob = Author(MemberID(2), name: try? Nickname("bob"))
    let text = CleanText("hi")

    private func happening(_ event: ChatEvent) -> Happening? { Happening.of(event)?.happening }

    @Test func `events go to their rooms`() {
        let at = Timestamp(milliseconds: 5)
        let event = ChatEvent.room(RoomEvent(room: .lobby, sequence: 7, at: at, body: .said(bob, text)))
        #expect(happening(event) == .event(.said(bob, text), at: at, sequence: 7))
        #expect(Happening.of(event)?.room == .lobby)
        #expect(happening(.gap(.lobby, after: 7, missed: 3)) == .gap(3))
        #expect(Happening.of(.gap(.lobby, after: 7, missed: 3))?.room == .lobby)
    }

    @Test func `what is for us alone is of no room`() {
        #expect(happening(.whispered(from: bob, text)) == .answer(.whisper(from: bob, text)))
        #expect(happening(.notice(.invited(.lobby, by: bob))) == .answer(.invitation(.lobby, from: bob)))
        #expect(happening(.notice(.unread(2))) == .unreadPrivate(2))
        #expect(happening(.notice(.silent(seconds: 9))) == .silent(seconds: 9))
        let removed = PersonalNotice.removed(.lobby, by: bob, reason: text, isBan: true)
        #expect(happening(.notice(removed)) == .answer(.removed(.lobby, by: bob, reason: text, isBan: true)))
        #expect(Happening.of(.notice(removed))?.room == nil)
    }

    @Test func `the prompt says how the connection is, and the screen only what is wrong`() {
        let lost = ClientError.cutOff(Endpoint(host: "a"))
        #expect(happening(.state(.connecting)) == nil)
        #expect(happening(.state(.connected)) == nil)
        #expect(
            happening(.state(.waiting(.seconds(4), because: lost))) == .connectionLost(reason: Trouble(lost))
        )
        #expect(PromptState.Connection(.waiting(.seconds(4), because: lost), left: 3) == .waiting(seconds: 3))
        #expect(PromptState.Connection(.failed(lost), left: 0) == .closed)
    }

    @Test func `entering tells what there was, what comes, and what is lost`() throws {
        let entered = StructuredEnter(
            room: .lobby,
            author: bob,
            epoch: try #require(Epoch("0123456789abcdef")),
            head: 9,
            after: 5,
            missed: 2,
            isReset: false,
            isResumed: nil,
            members: [bob],
            more: 3,
            topic: text,
            isPrivate: true,
            slow: 4,
            isModerator: true,
            keeps: .init(messages: 10, days: nil, bytes: 0)
        )
        var entry = RoomEntry(room: .lobby, author: bob, head: 9, after: 5, lost: 2, members: Listing([bob], more: 3))
        (entry.topic, entry.isPrivate, entry.slow, entry.isModerator, entry.keepsMessages) = (text, true, 4, true, 0)
        #expect(happening(.entered(entered)) == .entered(entry))
    }
}

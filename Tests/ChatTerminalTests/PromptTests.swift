import ChatCore
import ChatTerminal
import Testing

@Suite struct PromptTests {
    private func state(
        _ connection: PromptState.Connection = .connected,
        others: [(String, Int, Int)] = []
    ) -> PromptState {
        let rooms = others.enumerated().compactMap { index, room in
            (try? RoomName(room.0)).map {
                Rooms.Entry(number: index + 2, name: $0, unread: room.1, mentions: room.2)
            }
        }
        return PromptState(
            room: .lobby,
            author: Drawing.alice,
            connection: connection,
            rooms: [Rooms.Entry(number: 1, name: .lobby, unread: 0, isShown: true)] + rooms
        )
    }

    private func text(_ state: PromptState, _ width: Int = 80, _ language: Language = .english) -> String {
        state.text(Texts(language), width: width).rendered(.none)
    }

    @Test func `it says where, who and how`() {
        #expect(text(state()) == "#lobby alice › ")
        let verified = PromptState(
            room: .lobby,
            author: Author(MemberID(1), name: Drawing.alice.name, isVerified: true),
            connection: .connected
        )
        #expect(text(verified) == "#lobby alice ✓ › ")
        #expect(text(state(.waiting(seconds: 4))) == "#lobby alice … reconnecting in 4 s › ")
        #expect(text(state(.connecting)) == "#lobby alice … connecting › ")
        #expect(text(state(.closed)) == "#lobby alice ✗ closed › ")
        #expect(text(state(.waiting(seconds: 4)), 80, .chinese) == "#lobby alice … 4 秒后重连 › ")
        #expect(text(PromptState()) == "… connecting › ")
    }

    @Test func `it says where else something is new`() {
        #expect(
            text(state(others: [("tea", 3, 1), ("cake", 12, 0), ("quiet", 0, 0)]))
                == "#lobby alice #tea 3! #cake 12 › "
        )
        #expect(text(state(others: [("tea", 5000, 0)])) == "#lobby alice #tea 999+ › ")
    }

    @Test func `it takes half of the width at most`() {
        let busy = state(others: [("tea", 3, 1), ("cake", 12, 0)])
        #expect(text(busy, 60) == "#lobby alice 2:3! 3:12 › ")
        #expect(text(busy, 46) == "#lobby alice +15! › ")
        #expect(text(busy, 32) == "#lobby +15! › ")
        #expect(text(busy, 24) == "#lobby › ")
        #expect(text(busy, 20) == "#lobby › ")
        #expect(text(busy, 12) == "#lob› ")
        #expect(text(state(.waiting(seconds: 10)), 40) == "#lobby … › ")
        for width in 4...100 {
            #expect(text(busy, width).count <= width / 2)
            #expect(text(state(.closed), width).count <= width / 2 || width < 6)
        }
    }

    @Test func `status tells what is known`() {
        let facts = StatusFacts(
            server: "chat.example:2022",
            connection: .connected,
            author: Drawing.alice,
            tlsVersion: "TLSv1.3",
            cipher: "TLS_AES_128_GCM_SHA256",
            group: "X25519",
            serverKey: "sha256:00ff",
            ownKey: "sha256:ee\u{1B}[2J",
            roundTrip: 0.42,
            unsent: 1
        )
        #expect(
            facts.lines(Texts(.english)).map(\.string) == [
                "server: chat.example:2022",
                "connection: connected",
                "round trip: 0.4 ms",
                "encryption: TLSv1.3, TLS_AES_128_GCM_SHA256, X25519",
                "server's key: sha256:00ff",
                "your name: alice",
                "your key: sha256:ee\u{FFFD}[2J",
                "not sent yet: 1 message",
            ]
        )
        #expect(facts.lines(Texts(.chinese)).first?.string == "服务器：chat.example:2022")
    }

    @Test func `a notification is one sequence, whatever it says`() {
        let alert = Showing.Alert(title: "bob #lobby;\u{1B}", text: CleanText("hi; \u{7}\u{1B}\\ \u{9C} you"))
        #expect(
            DesktopNotification.osc9.sequence(alert)
                == "\u{1B}]9;bob #lobby,\u{FFFD}: hi, \u{FFFD}\u{FFFD}\\ \u{FFFD} you\u{1B}\\"
        )
        #expect(
            DesktopNotification.osc777.sequence(alert)
                == "\u{1B}]777;notify;bob #lobby,\u{FFFD};hi, \u{FFFD}\u{FFFD}\\ \u{FFFD} you\u{1B}\\"
        )
        let long = Showing.Alert(title: "", text: CleanText("a" + String(repeating: "\u{301}", count: 5000)))
        #expect(DesktopNotification.osc9.sequence(long).utf8.count < 2000)
    }
}

import ChatCore
import Testing

@testable import ChatClient

@Suite struct OpeningTests {
    private func run(_ opening: inout Opening, _ lines: String...) -> [String] {
        lines.filter { opening.shows($0) }
    }

    @Test func `who asks for nothing waits for nothing`() {
        let opening = Opening(name: nil, room: nil)
        #expect(opening.isOver)
        #expect(opening.failure == nil)
        #expect(opening.request == "\n")
    }

    @Test func `a name and a room are asked for, and had`() throws {
        var opening = Opening(name: try Nickname("Alice"), room: try RoomName("#Tea"))
        #expect(opening.request == "\n/nick Alice\n/join Tea\n/help quit\n")
        let shown = run(
            &opening,
            "* you are in #lobby, alone",
            "* your name is `Alice` now",
            "* you are in #tea, with 2 others",
            "bob:* your name is mud",
            "* /quit  leave the server",
            "* /quit  leave the server"
        )
        #expect(shown.count == 5, "the answer to the last question is not shown, but what comes later is")
        #expect(opening.isOver)
        #expect(opening.failure == nil)
    }

    @Test func `what cannot be had is told when all has been answered`() throws {
        let (alice, tea) = (try Nickname("alice"), try RoomName("tea"))
        var opening = Opening(name: alice, room: tea)
        _ = run(&opening, "* you are in #lobby, alone", "* the name `alice` is taken", "* you cannot enter #tea now")
        #expect(!opening.isOver)
        _ = run(&opening, "* /quit")
        #expect(opening.isOver)
        #expect(opening.failure == .noName(alice))
        var other = Opening(name: nil, room: tea)
        _ = run(&other, "* you are in #lobby, alone", "* /quit")
        #expect(other.failure == .noEntry(tea))
    }

    @Test func `a room that one is in already counts`() throws {
        var opening = Opening(name: nil, room: .lobby)
        _ = run(&opening, "* you are in #lobby, alone", "* you are in #lobby already", "* /quit")
        #expect(opening.failure == nil)
    }
}

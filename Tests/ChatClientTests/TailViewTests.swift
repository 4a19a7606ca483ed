import ChatClient
import ChatCore
import ChatWire
import Testing

/// What `conclave tail` prints, and from where on.
@Suite struct TailViewTests {
    private static func said(_ sequence: UInt64) -> Step { .event(.room(Talk.event(sequence))) }

    /// Events, and in between where to begin.
    private enum Step {
        case event(ChatEvent)
        case begin(after: UInt64)
    }

    private func printed(isJSON: Bool = false, isSearching: Bool = false, _ steps: [Step]) async -> [String] {
        let view = TailView(isJSON: isJSON, isSearching: isSearching) { _ in 0 }
        var lines: [String] = []
        for step in steps {
            switch step {
            case .event(let event): lines.append(String(decoding: await view.bytes(of: event), as: UTF8.self))
            case .begin(let number): await view.begin(after: number)
            }
        }
        return lines
    }

    @Test func `without more it begins when the room is entered`() async {
        let lines = await printed([
            .event(.state(.connected)), .event(.entered(Talk.entered(head: 4))), Self.said(5),
            .event(.gap(.lobby, after: 5, missed: 2)),
        ])
        #expect(lines == ["", "", "00:00 2:x\n", "* you missed 2 lines\n"])
    }

    @Test func `what is looked for in the past begins there, whatever is entered before`() async {
        let lines = await printed(
            isSearching: true,
            [
                .event(.entered(Talk.entered(head: 9))), Self.said(10), .begin(after: 3),
                .event(.entered(Talk.entered(head: 11, after: 10, isResumed: true))), Self.said(11),
                .event(.entered(Talk.entered(head: 11, after: 3))), Self.said(4),
                .event(.entered(Talk.entered(head: 20, after: 4, isResumed: true))), Self.said(5),
            ]
        )
        #expect(lines == ["", "", "", "", "", "00:00 2:x\n", "", "00:00 2:x\n"], "nothing is printed twice")
    }

    @Test func `a room that began anew meanwhile has no past to look for`() async {
        let lines = await printed(
            isSearching: true,
            [
                .event(.entered(Talk.entered(head: 9))), .begin(after: 3),
                .event(.entered(Talk.entered(epoch: 8, head: 2, isReset: true))), Self.said(3),
            ]
        )
        #expect(lines == ["", "* #lobby begins anew\n", "00:00 2:x\n"])
    }

    @Test func `what was lost is told, and as JSON all is told as it came`() async {
        var entered = Talk.entered(head: 9, after: 3)
        entered.missed = 4
        #expect(await printed([.event(.entered(entered))]) == ["* you missed 4 lines\n"])
        let json = await printed(isJSON: true, [.event(.entered(entered)), .event(.state(.closed))])
        #expect(json[0].hasPrefix(#"{"event":"in","room":"lobby""#) && json[0].contains(#""missed":4"#))
        #expect(json[1] == #"{"event":"state","state":"closed"}"# + "\n")
    }

    @Test func `no line has anything in it that a terminal obeys, and the time is that of its reader`() async throws {
        let view = TailView(isJSON: false, isSearching: false) { _ in 3600 }
        _ = await view.bytes(of: .entered(Talk.entered(head: 0)))
        let body = Event.Body.said(Author(MemberID(2), name: try Nickname("bob")), CleanText("\u{1B}[2J\u{202E}\n"))
        let event = RoomEvent(room: .lobby, sequence: 1, at: Timestamp(milliseconds: 60_000), body: body)
        let bytes = await view.bytes(of: .room(event))
        #expect(String(decoding: bytes, as: UTF8.self) == "01:01 bob:\u{FFFD}[2J\u{FFFD}\u{FFFD}\n")
    }
}

import NIOCore
import Testing

@testable import TLSNIO

/// Every phase against every event. The columns are the phases in this order.
@Suite struct TLSConnectionStateTests {
    typealias State = TLSConnectionState

    static let phases: [State.Phase] = [
        .idle, .handshaking, .open, .inputClosed, .outputClosed, .closing, .lingering, .closed,
    ]

    struct Row: CustomTestStringConvertible {
        let event: String
        let act: @Sendable (inout State) -> String
        /// What comes of it, and the phase after it, where that is another.
        let expected: [(action: String, next: State.Phase?)]

        var testDescription: String { event }
    }

    static let rows: [Row] = [
        Row(
            event: "start",
            act: { "\($0.start())" },
            expected: [
                ("true", .handshaking), ("false", nil), ("false", nil), ("false", nil), ("false", nil), ("false", nil),
                ("false", nil), ("false", nil),
            ]
        ),
        Row(
            event: "established",
            act: { "\($0.established())" },
            expected: [
                ("false", nil), ("true", .open), ("false", nil), ("false", nil), ("false", nil), ("false", nil),
                ("false", nil), ("false", nil),
            ]
        ),
        Row(
            event: "close all",
            act: { "\($0.close(.all))" },
            expected: [
                ("abort", .lingering), ("abort", .lingering), ("sayGoodbye", .closing), ("answerGoodbye", .lingering),
                ("sayGoodbye", .closing), ("join", nil), ("join", nil), ("abort", nil),
            ]
        ),
        Row(
            event: "close output",
            act: { "\($0.close(.output))" },
            expected: [
                ("refuse", nil), ("refuse", nil), ("sayCloseNotify", .outputClosed), ("answerGoodbye", .lingering),
                ("refuse", nil), ("refuse", nil), ("refuse", nil), ("refuse", nil),
            ]
        ),
        Row(
            event: "close input",
            act: { "\($0.close(.input))" },
            expected: Array(repeating: ("refuse", nil), count: 8)
        ),
        Row(
            event: "the peer closes",
            act: { "\($0.peerClosed())" },
            expected: [
                ("ignore", nil), ("ignore", nil), ("tell", .inputClosed), ("ignore", nil), ("finish", .lingering),
                ("finish", .lingering), ("ignore", nil), ("ignore", nil),
            ]
        ),
        Row(
            event: "failure",
            act: { "\($0.failed())" },
            expected: [
                ("report", .lingering), ("report", .lingering), ("report", .lingering), ("report", .lingering),
                ("report", .lingering), ("ignore", .lingering), ("ignore", nil), ("ignore", nil),
            ]
        ),
        Row(
            event: "the deadline",
            act: { "\($0.expired())" },
            expected: [
                ("ignore", nil), ("report", .lingering), ("ignore", nil), ("ignore", nil), ("ignore", nil),
                ("report", .lingering), ("ignore", nil), ("ignore", nil),
            ]
        ),
        Row(
            event: "cut off",
            act: { "\($0.cutOff())" },
            expected: [
                ("()", .lingering), ("()", .lingering), ("()", .lingering), ("()", .lingering), ("()", .lingering),
                ("()", .lingering), ("()", nil), ("()", nil),
            ]
        ),
        Row(
            event: "inactive",
            act: { "\($0.inactive())" },
            expected: [
                ("finish", .closed), ("reportTruncation", .closed), ("reportTruncation", .closed), ("finish", .closed),
                ("reportTruncation", .closed), ("finish", .closed), ("finish", .closed), ("ignore", nil),
            ]
        ),
    ]

    /// The shortest way into a phase.
    static func state(in phase: State.Phase) -> State {
        var state = State()
        if phase == .idle { return state }
        _ = state.start()
        if phase == .handshaking { return state }
        _ = state.established()
        switch phase {
        case .idle, .handshaking, .open: break
        case .inputClosed: _ = state.peerClosed()
        case .outputClosed: _ = state.close(.output)
        case .closing: _ = state.close(.all)
        case .lingering: _ = state.failed()
        case .closed: _ = state.inactive()
        }
        return state
    }

    @Test("each event does in each phase what the table says", arguments: rows)
    func table(row: Row) {
        #expect(row.expected.count == Self.phases.count)
        for (phase, expected) in zip(Self.phases, row.expected) {
            var state = Self.state(in: phase)
            #expect(state.phase == phase)
            let action = row.act(&state)
            #expect(action == expected.action, "in \(phase)")
            #expect(state.phase == expected.next ?? phase, "from \(phase)")
        }
    }

    @Test("closed is final", arguments: rows)
    func closedIsFinal(row: Row) {
        var state = Self.state(in: .closed)
        for _ in 0..<2 {
            _ = row.act(&state)
            #expect(state.phase == .closed)
        }
    }

    @Test("what may be written, and what is still listened to, follows from the phase")
    func questions() {
        let expected: [(write: State.WriteAction, ciphertext: Bool, plaintext: Bool, reads: Bool)] = [
            (.hold, false, false, false),
            (.hold, true, false, true),
            (.encrypt, true, true, false),
            (.encrypt, false, false, false),
            (.refuse, true, true, false),
            (.refuse, true, false, true),
            (.refuse, false, false, true),
            (.refuse, false, false, false),
        ]
        for (phase, expected) in zip(Self.phases, expected) {
            let state = Self.state(in: phase)
            #expect(state.write == expected.write, "\(phase)")
            #expect(state.wantsCiphertext == expected.ciphertext, "\(phase)")
            #expect(state.wantsPlaintext == expected.plaintext, "\(phase)")
            #expect(state.readsOnItsOwn == expected.reads, "\(phase)")
        }
    }
}

import TestKit
import Testing

@testable import ChatCore

@Suite struct SuspensionPropertyTests {
    /// A server whose log takes what it is given, or not, at random.
    private struct FailingServer {
        let state: ChatState
        var kept = KeptChat()
        /// What has not been told.
        var pending: [Outcome] = []
        var refused = 0
        var suspensions = 0

        mutating func run(_ command: Command, at time: Int64) {
            let isSuspended = state.isSuspended
            let made = state.apply([command], at: Timestamp(milliseconds: time))
            #expect(!isSuspended || made.allSatisfy { !$0.isForLog }, "\(made)")
            pending += made
        }

        mutating func commit(isTaken: Bool, at time: Int64) {
            let isRetry = state.isSuspended
            if isRetry {
                // What needs no log goes on.
                tell(pending)
                pending = state.resume(at: Timestamp(milliseconds: time))
            }
            if isTaken {
                kept.take(pending, of: state)
                tell(pending)
                pending = []
            } else {
                suspensions += 1
                pending = state.suspend(pending)
                #expect(pending.allSatisfy { !$0.isForLog })
                tell(pending)
                pending = []
            }
        }

        private mutating func tell(_ outcomes: [Outcome]) {
            for outcome in outcomes {
                switch outcome {
                case .enters(_, let room, _, let head), .replay(_, let room, _, let head):
                    #expect(head <= kept.events[room]?.last?.sequence ?? 0, "told of what is not kept: \(outcome)")
                case .answer(_, .refused(.notKept)): refused += 1
                default: break
                }
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(60))
    func `whatever the log refuses, its numbers have no holes, and the rooms learn who is there`(seed: UInt64) throws {
        var commands = RandomCommands(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1)
        let state = ChatState(limits: commands.limits, saved: SavedChat())
        var server = FailingServer(state: state)
        var model = RoomModel(limits: commands.limits)
        var (time, last, left): (Int64, Int64, Int64) = (1_000_000, 1_000_000, 0)
        for _ in 0..<400 {
            let (command, at) = commands.next(in: model)
            // So long that rooms would end in the model, which knows of none that is kept.
            if at - last >= 500_000 { left += at - last }
            (last, time) = (at, at - left)
            _ = model.apply(command, at: time)
            server.run(command, at: time)
            if random.once(in: 3) { server.commit(isTaken: !random.once(in: state.isSuspended ? 2 : 6), at: time) }
        }
        server.commit(isTaken: true, at: time)
        server.commit(isTaken: true, at: time)
        #expect(!state.isSuspended && state.isConsistent)
        for room in state.rooms.values {
            let present = Set(room.row.map(\.author))
            #expect(server.kept.present(in: room.id) == present, "\(room.name)")
            #expect(server.kept.events[room.id]?.last?.sequence ?? 0 == room.head)
        }
        #expect(server.suspensions > 0)
        try expectSame(server.kept.saved, state, at: Timestamp(milliseconds: time))
    }

    /// Who starts anew from what was kept finds the rooms as they were, without those who were in them.
    private func expectSame(_ saved: SavedChat, _ state: ChatState, at now: Timestamp) throws {
        let again = ChatState(limits: state.limits, saved: saved, at: now)
        #expect(again.newestMember == state.newestMember)
        #expect(Set(again.rooms.keys) == Set(state.rooms.keys))
        for room in state.rooms.values {
            let other = try #require(again.rooms[room.name])
            #expect(other.record == room.record && other.head == room.head)
            #expect(other.seats.isEmpty && (other.isLobby || other.emptySince == now))
            for (one, two) in [(room.bans, other.bans), (room.mutes, other.mutes)] {
                #expect(one.filter { $0.isInForce(at: now) } == two.filter { $0.isInForce(at: now) }, "\(room.name)")
            }
        }
    }
}

extension Outcome {
    /// Whether nobody may be told before the log has it.
    var isForLog: Bool {
        switch self {
        case .event, .fact, .ended: true
        default: false
        }
    }
}

import TestKit
import Testing

@testable import ChatCore

@Suite struct ChatStatePropertyTests {
    @Test(arguments: SeededGenerator.seeds(40))
    func `the rooms do what plain lists of rooms, names and rights say`(seed: UInt64) {
        var commands = RandomCommands(seed: seed)
        let state = ChatState(limits: commands.limits)
        var model = RoomModel(limits: commands.limits)
        for _ in 0..<300 {
            let (command, time) = commands.next(in: model)
            let before = "\(model.members.map(\.author.label)) \(model.rooms.map(\.name))"
            let outcomes = state.apply([command], at: Timestamp(milliseconds: time))
                .filter { $0 != .done(command.session) }
            let expected = model.apply(command, at: time)
            guard RoomModel.inOrder(outcomes.map(RoomModel.Told.init)) == RoomModel.inOrder(expected),
                state.description == model.description,
                state.isConsistent
            else {
                Issue.record("\(command) at \(time) of \(before) gave \(outcomes) and not \(expected)")
                return
            }
            let next = model.rooms.compactMap { $0.emptied }.min().map { $0 + Int64(model.limits.afterlife) * 1000 }
            // It may be sooner, for a room that has been entered again.
            #expect(next.map { state.nextDeadline?.milliseconds ?? .max <= $0 } ?? true)
            #expect(state.count == model.members.count)
            #expect(state.roomCount == model.rooms.count)
        }
    }

    /// What anybody can know who sees outcomes only: the rooms that each session reads, and those that have been.
    private struct Watcher {
        var reads: [SessionID: [RoomID]] = [:]
        var gone: Set<SessionID> = []
        var living: Set<RoomID> = [.lobby]
        var ended: Set<RoomID> = []
        var names: [MemberID: Nickname] = [:]
        var heads: [RoomID: UInt64] = [:]

        mutating func see(_ outcome: Outcome) {
            switch outcome {
            case .event(let event):
                let (room, body) = (event.room, event.body)
                #expect(event.sequence == heads[room, default: 0] + 1, "a hole in the numbers")
                heads[room] = event.sequence
                #expect(living.contains(room), "an event in a room that there is not: \(body)")
                switch body {
                // The room hears of the newcomer before the newcomer hears the room.
                case .entered(let author), .left(let author): #expect(!reads(author.member, room), "\(outcome)")
                case .ruled(.kicked(let other, _), _), .ruled(.banned(let other, _, _), _):
                    #expect(!reads(other.member, room), "\(outcome)")
                case .said(let author, _), .acted(let author, _): #expect(reads(author.member, room), "\(outcome)")
                case .renamed(_, let author):
                    #expect(reads(author.member, room), "\(outcome)")
                    names[author.member] = author.name
                    let holders = names.filter { $0.value == author.name }
                    #expect(holders.count == 1, "two are called \(author.label)")
                case .topic, .announced, .ruled, .forgotten, .forgot: break
                }
            case .follows, .page, .past, .fact: Issue.record("not asked for: \(outcome)")
            case .enters(let session, let room, _, _):
                expectPresent(session, outcome)
                #expect(!reads[session, default: []].contains(room), "enters twice")
                reads[session, default: []].append(room)
            case .leaves(let session, let room):
                expectPresent(session, outcome)
                #expect(reads[session, default: []].contains(room), "leaves where it is not")
                reads[session]?.removeAll { $0 == room }
            case .answer(let session, let answer):
                expectPresent(session, outcome)
                if case .welcome(let member, _) = answer { numbers[member] = session }
                if case .named(let author) = answer { names[author.member] = author.name }
            case .verifies(let session, _, let sessions):
                for present in [session] + sessions { expectPresent(present, outcome) }
            case .replay(let session, let room, _, _):
                expectPresent(session, outcome)
                #expect(reads[session, default: []].contains(room), "the past of a room that it is not in")
            case .done(let session): expectPresent(session, outcome)
            case .closes(let session):
                expectPresent(session, outcome)
                #expect(reads[session, default: []].isEmpty, "goes, and is still in a room")
                gone.insert(session)
                for (member, other) in numbers where other == session { names[member] = nil }
            case .ended(let room):
                #expect(room != .lobby && ended.insert(room).inserted, "ended: \(room)")
                #expect(!reads.values.contains { $0.contains(room) }, "somebody is still in it")
                living.remove(room)
            }
        }

        private var numbers: [MemberID: SessionID] = [:]

        private func reads(_ member: MemberID, _ room: RoomID) -> Bool {
            numbers[member].map { reads[$0, default: []].contains(room) } ?? false
        }

        private func expectPresent(_ session: SessionID, _ outcome: Outcome) {
            #expect(!gone.contains(session), "after it has gone: \(outcome)")
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `whoever follows the outcomes never sees what cannot be`(seed: UInt64) {
        var commands = RandomCommands(seed: seed &+ 1000)
        let state = ChatState(limits: commands.limits)
        var model = RoomModel(limits: commands.limits)
        var watcher = Watcher()
        for _ in 0..<400 {
            let (command, time) = commands.next(in: model)
            let isPresent = state.people[command.session] != nil
            // A session that has gone does not come again.
            if case .arrive = command.action, watcher.gone.contains(command.session) { continue }
            _ = model.apply(command, at: time)
            let outcomes = state.apply([command], at: Timestamp(milliseconds: time))
            for outcome in outcomes {
                if case .event(let event) = outcome, case .entered = event.body { watcher.living.insert(event.room) }
                watcher.see(outcome)
            }
            for (session, person) in state.people {
                #expect(watcher.reads[session, default: []] == person.rooms.map(\.id))
            }
            #expect(watcher.living == Set(state.rooms.values.map(\.id)))
            let done = Outcome.done(command.session)
            let told = outcomes.filter { if case .ended = $0 { false } else { $0 != done } }
            if case .arrive = command.action { continue }
            // What asks for something ends with a word to its session, which is then still there to hear it.
            let isAnswered = isPresent && command.action.isAnswered && state.people[command.session] != nil
            #expect(outcomes.count { $0 == done } == (isAnswered ? 1 : 0))
            if isAnswered { #expect(outcomes.last == done) }
            #expect(told.isEmpty == !isPresent, "\(command) gave \(told)")
            let refusals = told.filter { if case .answer(_, .refused) = $0 { true } else { false } }
            if !refusals.isEmpty { #expect(told.count == 1 && refusals.count == 1, "\(command) gave \(told)") }
        }
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `the same commands at the same times give the same, one by one or many at once`(seed: UInt64) {
        var commands = RandomCommands(seed: seed &+ 2000)
        let (first, second, batched) = (
            ChatState(limits: commands.limits), ChatState(limits: commands.limits), ChatState(limits: commands.limits)
        )
        var model = RoomModel(limits: commands.limits)
        var random = SeededGenerator(seed: seed)
        var time = Timestamp(milliseconds: 0)
        for _ in 0..<60 {
            var batch: [Command] = []
            for _ in 0..<Int.random(in: 0...10, using: &random) {
                let (command, at) = commands.next(in: model)
                _ = model.apply(command, at: at)
                batch.append(command)
                time = Timestamp(milliseconds: at)
            }
            let outcomes = batch.flatMap { first.apply([$0], at: time) }
            #expect(batch.flatMap { second.apply([$0], at: time) } == outcomes)
            // An empty batch has nothing but rooms that end.
            let expected = batch.isEmpty ? first.apply([], at: time) : outcomes
            #expect(batched.apply(batch, at: time) == expected)
            #expect(batched.description == first.description)
        }
    }

    @Test func `the random commands do all that there is, often enough to mean something`() {
        var refused = 0
        var done: [String: Int] = [:]
        for seed in SeededGenerator.seeds(30) {
            var commands = RandomCommands(seed: seed)
            var model = RoomModel(limits: commands.limits)
            for _ in 0..<400 {
                let (command, time) = commands.next(in: model)
                for told in model.apply(command, at: time) {
                    switch told {
                    case .event(_, .ruled(let ruling, _)): done[Self.kind("\(ruling)"), default: 0] += 1
                    case .event(_, let body): done[Self.kind("\(body)"), default: 0] += 1
                    case .ended: done["ended", default: 0] += 1
                    case .refused: refused += 1
                    case .enters, .leaves, .answer, .replay, .closes: break
                    }
                }
            }
        }
        #expect((12_000 / 5...12_000 * 4 / 5).contains(refused), "\(refused) of 12000 were refused")
        let kinds = [
            "entered", "left", "said", "acted", "renamed", "topic", "announced", "kicked", "banned", "muted", "unmuted",
            "moderator", "slow", "lockdown", "isPrivate", "ended",
        ]
        for kind in kinds { #expect(done[kind, default: 0] >= 10, "\(done)") }
    }

    private static func kind(_ text: String) -> String { String(text.prefix { $0 != "(" }.drop { $0 == "." }) }
}

import TestKit
import Testing

@testable import ChatCore

/// Keys, names and devices at random, and what must hold whatever they do.
@Suite struct AccountPropertyTests {
    /// Commands of guests and of those with one of a few keys, and the times they come at.
    private struct Walk {
        var random: SeededGenerator
        var now = Timestamp(milliseconds: 1_000_000)
        var sessions: [SessionID] = []
        var codes: [LinkCode] = []
        private var serial: UInt64 = 0
        private static let names = ["ann", "Ann", "bert", "carla", "dora", "eve"].compactMap { try? Nickname($0) }
        private static let rooms = [.lobby] + ["den", "hall"].compactMap { try? RoomName($0) }

        init(seed: UInt64) {
            random = SeededGenerator(seed: seed)
        }

        mutating func next() -> Command {
            let step: Int64 = [0, 0, 0, 1000, 60_000, 86_400_000, 91 * 86_400_000].randomElement(using: &random) ?? 0
            now = Timestamp(milliseconds: now.milliseconds + (random.once(in: 20) ? step : 0))
            if sessions.count < 4 || sessions.count < 12 && random.once(in: 5) { return arrival() }
            let session = sessions.randomElement(using: &random) ?? SessionID(shard: 0, serial: 0)
            if random.once(in: 12) { return Command(session, .depart) }
            let room = random.once(in: 2) ? nil : Self.rooms.randomElement(using: &random)
            return Command(session, in: room, action())
        }

        private mutating func arrival() -> Command {
            serial += 1
            let session = SessionID(shard: Int(serial % 2), serial: serial)
            sessions.append(session)
            let key: KeyFingerprint? =
                random.once(in: 5) ? nil : .number(UInt8.random(in: 1...6, using: &random))
            let address = Address(ipv4: 0xC000_0200 + UInt32.random(in: 0...2, using: &random))
            let visitor = Visitor(address: address, key: key, isOperator: random.once(in: 12))
            return Command(session, random.once(in: 2) ? .arrive(visitor) : .connect(visitor))
        }

        private mutating func action() -> Action {
            let name = Self.names.randomElement(using: &random) ?? Self.names[0]
            let room = Self.rooms.randomElement(using: &random) ?? .lobby
            switch Int.random(in: 0..<44, using: &random) {
            case 0..<8: return .name(name)
            case 8..<13: return .join(room, only: true)
            case 13..<20: return .enter(room, Entry(as: random.once(in: 3) ? nil : name))
            case 20..<23: return .leave
            case 23..<26: return .say(CleanText("hello"))
            case 26, 27: return .makeCode
            case 28..<31: return codes.randomElement(using: &random).map { .useCode($0) } ?? .makeCode
            case 31: return .release(name)
            case 32: return .kick(.name(name), reason: nil)
            case 33: return .ban(.member(.name(name)), seconds: 5, reason: nil)
            case 34: return .setPrivate(random.once(in: 2))
            case 35: return .whisper(to: .name(name), CleanText("psst"))
            case 36: return .mute(.name(name), seconds: 5)
            case 37: return .admit(.number(UInt8.random(in: 1...6, using: &random)), random.once(in: 2) ? name : nil)
            case 38: return .unban(name.text)
            case 39, 40: return .setModerator(.name(name), random.once(in: 2))
            case 41: return .lockdown(random.once(in: 2))
            default: return .listMembers(prefix: "")
            }
        }

        mutating func see(_ outcomes: [Outcome]) {
            for outcome in outcomes {
                if case .closes(let session) = outcome { sessions.removeAll { $0 == session } }
                if case .answer(_, .code(let code, _)) = outcome { codes.append(code) }
            }
        }
    }

    /// Who is where, as the rooms are told.
    private struct Roster {
        var present: [RoomID: [MemberID: String]] = [:]

        /// - Returns: what cannot be.
        mutating func see(_ event: Event) -> String? {
            var room = present[event.room] ?? [:]
            defer { present[event.room] = room }
            switch event.body {
            case .entered(let author):
                return room.updateValue(author.label, forKey: author.member).map { _ in "it was there: \(event.body)" }
            case .left(let author), .ruled(.kicked(let author, _), _), .ruled(.banned(let author, _, _), _):
                let before = room.removeValue(forKey: author.member)
                return before == author.label ? nil : "it was not there so: \(event.body)"
            case .renamed(let before, let after):
                let old = room.updateValue(after.label, forKey: after.member)
                return old == before.label && before.label != after.label ? nil : "it was not called so: \(event.body)"
            case .said(let author, _):
                return room[author.member] == author.label ? nil : "it is not there: \(event.body)"
            default: return nil
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(40))
    func `rooms see each come and go once, and nobody has another's name`(seed: UInt64) {
        var walk = Walk(seed: seed)
        var (kept, roster) = (KeptChat(), Roster())
        var gone: Set<SessionID> = []
        let state = ChatState(saved: kept.saved, at: walk.now, random: SeededGenerator(seed: seed))
        for _ in 0..<400 {
            let command = walk.next()
            let outcomes = state.apply([command], at: walk.now)
            kept.take(outcomes, of: state)
            walk.see(outcomes)
            for outcome in outcomes {
                if case .event(let event) = outcome, let problem = roster.see(event) {
                    Issue.record("\(problem) after \(command)")
                    return
                }
                if let session = outcome.session { #expect(!gone.contains(session), "\(outcome) to one who has gone") }
                if case .closes(let session) = outcome { gone.insert(session) }
            }
            guard state.isConsistent else {
                Issue.record("what is kept twice differs after \(command)")
                return
            }
            for room in state.rooms.values {
                let there = Dictionary(uniqueKeysWithValues: room.row.map { ($0.member, $0.author.label) })
                #expect(there == roster.present[room.id] ?? [:], "\(command)")
            }
            for (name, person) in state.names {
                let account = state.accounts.holder(of: name)
                #expect(person.author.isVerified == (account != nil), "\(name) after \(command)")
                guard let account else { continue }
                #expect(person.devices.allSatisfy { $0.key.map(account.keys.contains) ?? false }, "\(name): \(command)")
            }
            for account in state.accounts.all { #expect(account.names.count <= 4 && account.keys.count <= 8) }
        }
        let live = state.accounts.all.map(\.record).sorted { $0.number < $1.number }
        #expect(kept.saved.accounts.sorted { $0.number < $1.number } == live)
        for room in state.rooms.values {
            #expect(kept.saved.rooms.first { $0.record.id == room.id }?.record ?? room.record == room.record)
            #expect(room.rights.guests.isEmpty || room.isClosed, "who may come anyway need not be known")
        }
        let again = ChatState(saved: kept.saved, at: walk.now)
        #expect(again.accounts.all.map(\.record).sorted { $0.number < $1.number } == live)
    }

    @Test(arguments: SeededGenerator.seeds(10))
    func `the same commands give the same, and the log learns all that it has missed`(seed: UInt64) {
        var walk = Walk(seed: seed &+ 500)
        var kept = KeptChat()
        let states = (0..<2).map { _ in
            ChatState(saved: SavedChat(), at: walk.now, random: SeededGenerator(seed: seed))
        }
        for step in 0..<200 {
            let command = walk.next()
            let outcomes = states.map { $0.apply([command], at: walk.now) }
            #expect(outcomes[0] == outcomes[1])
            walk.see(outcomes[0])
            if !states[0].isSuspended { kept.take(outcomes[0], of: states[0]) }
            if step % 50 == 20 { for state in states { _ = state.suspend([]) } }
            if step % 50 == 40 {
                let made = states.map { $0.resume(at: walk.now) }
                kept.take(made[0], of: states[0])
            }
        }
        kept.take(states[0].resume(at: walk.now), of: states[0])
        let live = states[0].accounts.all.map(\.record).sorted { $0.number < $1.number }
        #expect(kept.saved.accounts.sorted { $0.number < $1.number } == live)
    }

    @Test func `at random all happens that is meant to, often enough to mean something`() {
        var done: [String: Int] = [:]
        for seed in SeededGenerator.seeds(40) {
            var walk = Walk(seed: seed)
            let state = ChatState(at: walk.now, random: SeededGenerator(seed: seed))
            for _ in 0..<400 {
                let outcomes = state.apply([walk.next()], at: walk.now)
                walk.see(outcomes)
                for case .answer(_, let answer) in outcomes {
                    done[String("\(answer)".prefix { $0 != "(" }), default: 0] += 1
                }
                if state.numbers.values.contains(where: { $0.devices.count > 1 }) { done["beside", default: 0] += 1 }
            }
        }
        for kind in ["takenOver", "reservation", "linked", "released", "admitted", "named", "beside", "removed"] {
            #expect(done[kind, default: 0] >= 8, "\(kind): \(done)")
        }
    }
}

extension Outcome {
    /// Whom it is for; nil: everybody in a room, or the log.
    fileprivate var session: SessionID? {
        switch self {
        case .event, .ended, .fact: nil
        case .enters(let session, _, _, _), .follows(let session, _, _), .page(let session, _, _),
            .leaves(let session, _), .answer(let session, _), .replay(let session, _, _, _),
            .past(let session, _, _, _, _, _), .verifies(let session, _, _), .done(let session),
            .closes(let session):
            session
        }
    }
}

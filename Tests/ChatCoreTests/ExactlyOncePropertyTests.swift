import TestKit
import Testing

@testable import ChatCore

/// What a client can rely on, whatever happens to its connections.
@Suite struct ExactlyOncePropertyTests {
    /// Who holds which secret, and what was published, as plain lists.
    private struct Model {
        struct Connection {
            let session: SessionID
            var secret: SessionSecret
        }

        var connections: [Connection] = []
        var secrets: [SessionSecret] = []
        /// When what was published under which secret; it stays when the member goes.
        var published: [SessionSecret: [MessageID: Int64]] = [:]
        var events: [RoomID: [UInt64: Event]] = [:]
        var heads: [RoomID: UInt64] = [:]
        var names: [RoomName: RoomID] = [:]
    }

    private static let rooms = ["lobby", "den"].compactMap { try? RoomName($0) }
    private static let ids = ["a", "b", "c"].map { MessageID($0)! }

    @Test(arguments: SeededGenerator.seeds(60))
    func `no number is given twice, nothing is published twice, and what is said to have been said was`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let state = ChatState(random: SeededGenerator(seed: seed))
        var model = Model()
        var serial: UInt64 = 0
        var now: Int64 = 0
        var done = (again: 0, resumed: 0)
        for _ in 0..<600 {
            now += random.once(in: 20) ? Int64.random(in: 0...400_000, using: &random) : 1000
            var command: Command
            if model.connections.isEmpty || random.once(in: 8) {
                serial += 1
                command = Command(SessionID(shard: Int(serial % 2), serial: serial), .connect(from: nil))
            } else {
                command = self.command(of: model.connections.randomElement(using: &random)!, in: model, &random)
            }
            let outcomes = state.apply([command], at: Timestamp(milliseconds: now))
            see(outcomes, of: command, at: now, &model, &done)
            guard state.isConsistent else {
                Issue.record("after \(command)")
                return
            }
        }
        #expect(done.again > 5 && done.resumed > 0, "\(done) means nothing")
    }

    private func command(
        of connection: Model.Connection,
        in model: Model,
        _ random: inout SeededGenerator
    ) -> Command {
        let room = Self.rooms.randomElement(using: &random)!
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return Command(connection.session, .depart)
        case 1: return Command(connection.session, in: room, .leave)
        case 2...6:
            let secret = random.once(in: 2) ? model.secrets.randomElement(using: &random) : nil
            let name = random.once(in: 3) ? try? Nickname(["ann", "bob"].randomElement(using: &random)!) : nil
            return Command(connection.session, in: room, .enter(room, Entry(as: name, session: secret)))
        default:
            let text = CleanText(["one", "two"].randomElement(using: &random)!)
            let id = Self.ids.randomElement(using: &random)
            return Command(connection.session, in: room, .post(text, isAction: false, id: id))
        }
    }

    private func see(
        _ outcomes: [Outcome],
        of command: Command,
        at now: Int64,
        _ model: inout Model,
        _ done: inout (again: Int, resumed: Int)
    ) {
        let before = model.connections.first { $0.session == command.session }
        for outcome in outcomes {
            switch outcome {
            case .event(let event):
                #expect(event.sequence == model.heads[event.room, default: 0] + 1, "a number twice, or a hole")
                model.heads[event.room] = event.sequence
                model.events[event.room, default: [:]][event.sequence] = event
                if let id = event.id, let secret = before?.secret {
                    let last = model.published[secret]?[id]
                    #expect(last.map { now - $0 >= 600_000 } ?? true, "\(id) again after \(now - (last ?? 0)) ms")
                    model.published[secret, default: [:]][id] = now
                }
            case .ended(let room):
                model.heads[room] = nil
                model.events[room] = nil
                model.names = model.names.filter { $0.value != room }
            case .follows(_, let room, let following):
                model.names[following.view.name] = room
                if following.isResumed == true { done.resumed += 1 }
                entered(following, command, &model)
            case .answer(let session, .connected(_, let secret, _)):
                #expect(!model.secrets.contains(secret), "a secret twice")
                model.connections.append(Model.Connection(session: session, secret: secret))
                model.secrets.append(secret)
            case .answer(_, .posted(let sequence, _, again: true)):
                done.again += 1
                guard case .post(let text, _, let id) = command.action, let room = command.room else { break }
                let event = model.names[room].flatMap { model.events[$0]?[sequence] }
                #expect(event?.id == id, "there is no such message: \(command), \(text)")
            case .answer(_, .takenOver):
                // Even if the room is then not entered.
                guard case .enter(_, let entry) = command.action, let secret = entry.session,
                    let index = model.connections.firstIndex(where: { $0.session == command.session })
                else { break }
                // The newcomer has never been, nor its secret.
                model.published[model.connections[index].secret] = nil
                model.connections[index].secret = secret
            case .closes(let session): model.connections.removeAll { $0.session == session }
            default: break
            }
        }
    }

    /// What has been said under the secret of one who has gone counts as said by the newcomer.
    private func entered(_ following: Following, _ command: Command, _ model: inout Model) {
        guard case .enter(_, let entry) = command.action, let secret = entry.session,
            let index = model.connections.firstIndex(where: { $0.session == command.session })
        else { return }
        guard following.isResumed == false else { return }
        let own = model.connections[index].secret
        model.published[own, default: [:]].merge(model.published[secret, default: [:]]) { max($0, $1) }
    }
}

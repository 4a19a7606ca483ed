import ChatCore
import Testing

/// A log in plain lists, for tests: what it has taken is what a server would find when it starts anew.
struct KeptChat {
    private(set) var saved = SavedChat()
    private(set) var events: [RoomID: [Event]] = [:]

    mutating func take(_ outcomes: [Outcome], of state: ChatState) {
        take(LogBatch(outcomes, lastMember: state.newestMember))
    }

    mutating func take(_ batch: LogBatch) {
        saved.lastMember = batch.lastMember
        for event in batch.events {
            let last = events[event.room]?.last?.sequence ?? 0
            #expect(event.sequence == last + 1, "a hole in the numbers of \(event.room)")
            events[event.room, default: []].append(event)
            if event.id != nil { saved.messagesWithID.append(event) }
        }
        for fact in batch.facts { take(fact) }
        for index in saved.rooms.indices {
            saved.rooms[index].head = events[saved.rooms[index].record.id]?.last?.sequence ?? 0
        }
    }

    private mutating func take(_ fact: Fact) {
        switch fact {
        case .room(let record):
            if let index = index(of: record.id) {
                saved.rooms[index].record = record
            } else {
                saved.rooms.append(SavedChat.Room(record, head: 0))
            }
        case .sanctioned(let room, let kind, let sanction):
            change(kind, in: room) { list in
                list.removeAll { $0.label == sanction.label && $0.member == sanction.member }
                list.append(sanction)
            }
        case .pardoned(let room, let kind, let sanction):
            change(kind, in: room) { $0.removeAll { $0 == sanction } }
        case .forgotten(let room, let member, let range):
            events[room] = events[room]?.map { event in
                event.body.author.member == member && range.contains(event.sequence) ? event.forgotten : event
            }
        case .account(let account):
            saved.accounts.removeAll { $0.number == account.number }
            saved.accounts.append(account)
        case .accountEnded(let number): saved.accounts.removeAll { $0.number == number }
        case .ended(let room):
            saved.rooms.removeAll { $0.record.id == room }
            events[room] = nil
        }
    }

    private func index(of room: RoomID) -> Int? { saved.rooms.firstIndex { $0.record.id == room } }

    private mutating func change(_ kind: SanctionKind, in room: RoomID, _ change: (inout [Sanction]) -> Void) {
        guard let index = index(of: room) else {
            Issue.record("a \(kind) in a room that is not kept")
            return
        }
        switch kind {
        case .ban: change(&saved.rooms[index].bans)
        case .mute: change(&saved.rooms[index].mutes)
        }
    }

    /// Who is in a room, as its events tell it.
    func present(in room: RoomID) -> Set<Author> {
        var present: Set<Author> = []
        for event in events[room, default: []] {
            switch event.body {
            case .entered(let author): present.insert(author)
            case .left(let author), .ruled(.kicked(let author, _), _), .ruled(.banned(let author, _, _), _):
                present.remove(author)
            case .renamed(let before, let after):
                present.remove(before)
                present.insert(after)
            default: break
            }
        }
        return present
    }
}

internal import ChatCore

/// What one member alone is to get, and at which place in the order.
extension Shard {
    /// Does to one member what has happened to it.
    func deliver(_ publication: Publication, to own: Member) {
        switch publication {
        case .event: break
        case .enters(_, let room, let view, let messages, let retention):
            let outbound = own.outbound
            show(messages, to: own) { [unowned own] in outbound.entered(view, $0.events, retention, as: own) }
            fanOut.enter(room, view.name, own, after: 0, entry: nil)
        case .follows(_, let room, let following, let page, let events, let retention):
            follow(following, from: page, events, of: room, own, retention)
        case .page(_, let room, let page, let events): turn(page, events, of: room, own)
        case .leaves(_, let room): own.leave(room)
        case .replay(_, let messages):
            let outbound = own.outbound
            show(messages, to: own) { [unowned own] in outbound.replay($0, as: own) }
        case .past(_, let room, let epoch, let past, let events):
            let outbound = own.outbound
            show(events, to: own) { [unowned own] in outbound.past(room, epoch, past, $0, as: own) }
        case .answer(_, let answer): tell(own, answer)
        case .verifies(_, let author, let ticket): verify(author, ticket, for: own)
        case .done: if own.isDone() { finish(own) }
        case .found(_, let ticket, let arrival): for _ in 0..<own.fulfil(ticket, arrival) { finish(own) }
        case .closes:
            own.close()
            own.outlet.expel()
        }
    }

    /// All that came of one request has been said.
    private func finish(_ own: Member) {
        own.reply(own.outbound.done(), isAnswer: true)
        own.outlet.answered()
    }

    /// Says something of the past, now or when the log has found it, at this place in the order.
    private func show(_ events: Lookup, to own: Member, _ lines: @escaping (Found) -> [UInt8]) {
        switch events {
        case .here(let events): own.reply(lines(.success(events)), isAnswer: own.outbound.dialect == .structured)
        case .onItsWay(let ticket):
            own.wait(for: Waiting(ticket: ticket, isAnswer: true) { [.say(lines($0))] })
        }
    }

    /// Shows the words of somebody's connections when they have come.
    private func verify(_ author: Author, _ ticket: Ticket, for own: Member) {
        own.wait(
            for: Waiting(ticket: ticket) { [unowned own] words in
                let nobody = own.number == author.member ? nil : author
                let answer = words.isEmpty ? Answer.refused(.notVerifiable(nobody)) : .verification(author, words)
                return [.say(own.outbound.answer(answer, to: own))]
            }
        )
    }

    private func tell(_ own: Member, _ answer: Answer) {
        switch answer {
        case .welcome(let number, _), .connected(let number, _, _):
            own.welcome(number, own.outbound.answer(answer, to: own))
        case .whisper(let author, _) where own.ignores(author), .invitation(_, let author) where own.ignores(author):
            break
        case .whisper, .invitation: own.reply(own.outbound.answer(answer, to: own))
        case .named(let author):
            own.isNow(author.member)
            own.reply(own.outbound.answer(answer, to: own), isAnswer: own.outbound.dialect == .structured)
        case .aside(.show(let change)):
            own.change(change)
            own.reply(own.outbound.answer(answer, to: own))
        case .ignoring(let author, let isIgnored):
            let isDone = own.ignore(author, isIgnored)
            let refusal = Answer.refused(.tooMany("members that you ignore", limit: View.mostIgnored))
            own.reply(own.outbound.answer(isDone ? answer : refusal, to: own))
        default: own.reply(own.outbound.answer(answer, to: own), isAnswer: own.outbound.dialect == .structured)
        }
    }
}

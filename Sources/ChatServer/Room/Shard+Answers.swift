internal import ChatCore

/// What one member alone is to get, and at which place in the order.
extension Shard {
    /// Does to one member what has happened to it.
    func deliver(_ publication: Publication, to own: Member) {
        switch publication {
        case .event: break
        case .enters(_, let room, let view, let messages, let retention):
            own.reply(own.outbound.entered(view, messages, retention, as: own))
            fanOut.enter(room, view.name, own, after: 0, entry: nil)
        case .follows(_, let room, let following, let stretch, let missed, let retention):
            answer(own, own.outbound.followed(following, stretch, missed: missed, retention))
            show(stretch, of: room, to: own, gap: false)
        case .page(_, let room, let stretch): show(stretch, of: room, to: own, gap: true)
        case .leaves(_, let room): own.leave(room)
        case .replay(_, let messages): own.reply(own.outbound.replay(messages, as: own))
        case .past(_, let room, let epoch, let events, let more):
            answer(own, own.outbound.past(room, epoch, events, more: more))
        case .answer(_, let answer): tell(own, answer)
        case .done:
            answer(own, own.outbound.done())
            own.outlet.answered()
        case .closes:
            own.close()
            own.outlet.expel()
        }
    }

    private func answer(_ own: Member, _ lines: [UInt8]) {
        own.reply(lines, isAnswer: true)
    }

    /// What comes next it gets by itself, or asks for.
    private func show(_ stretch: Stretch, of room: RoomID, to own: Member, gap: Bool) {
        answer(own, own.outbound.stretch(stretch, gap: gap))
        if stretch.isLast {
            fanOut.enter(room, stretch.room, own, after: stretch.through, entry: stretch.entry)
        } else {
            own.willTurnPage(of: stretch.room, after: stretch.through, entry: stretch.entry)
        }
    }

    private func tell(_ own: Member, _ answer: Answer) {
        switch answer {
        case .welcome(let number, _), .connected(let number, _):
            own.welcome(number, own.outbound.answer(answer, to: own))
        case .whisper(let author, _) where own.ignores(author), .invitation(_, let author) where own.ignores(author):
            break
        case .whisper, .invitation: own.reply(own.outbound.answer(answer, to: own))
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

internal import ChatCore
internal import ChatWire

/// What one member alone is to get, and at which place in the order.
extension Shard {
    /// Does to one member what has happened to it.
    func deliver(_ publication: Publication, to own: Member) {
        switch publication {
        case .event: break
        case .enters(_, let room, let view, let messages, let retention):
            own.reply(TextCodec.entered(view))
            replay(messages, to: own)
            own.reply(TextCodec.retention(retention, afterlife: room == .lobby ? nil : limits.rooms.afterlife))
            fanOut.enter(room, own)
        case .leaves(_, let room): own.leave(room)
        case .replay(_, let messages):
            if !replay(messages, to: own) { own.reply(TextCodec.nothingToReplay) }
        case .answer(_, let answer): tell(own, answer)
        case .done: own.outlet.answered()
        case .closes:
            own.close()
            own.outlet.expel()
        }
    }

    private func tell(_ own: Member, _ answer: Answer) {
        switch answer {
        case .welcome(let number, let time):
            own.welcome(
                number,
                TextCodec.welcome(number, from: own.address, at: time, utcOffset: clock.utcOffset(time))
            )
        case .aside(let aside): tell(own, aside)
        case .whisper(let author, _) where own.ignores(author), .invitation(_, let author) where own.ignores(author):
            break
        case .ignoring(let author, let isIgnored):
            let isDone = own.ignore(author, isIgnored)
            let refusal = Answer.refused(.tooMany("members that you ignore", limit: View.mostIgnored))
            own.reply(TextCodec.answer(isDone ? answer : refusal))
        default: own.reply(TextCodec.answer(answer))
        }
    }

    private func tell(_ own: Member, _ aside: Aside) {
        switch aside {
        case .show(let change):
            own.change(change)
            own.reply(TextCodec.changed(change))
        case .help(nil): own.reply(TextCodec.help(lineLimit: limits.lineBytes))
        case .help(let spec?): own.reply(TextCodec.help(spec))
        case .problem(let problem): own.reply(TextCodec.problem(problem))
        case .tooLong: own.reply(TextCodec.tooLong(limit: limits.lineBytes))
        }
    }

    /// - Returns: whether there was anything to show.
    @discardableResult
    private func replay(_ messages: [Event], to own: Member) -> Bool {
        let utcOffset = messages.last.map { clock.utcOffset($0.at) } ?? 0
        // The newest that fit.
        var lines: [[UInt8]] = []
        var bytes = 0
        for message in messages.reversed() where !own.ignores(message.body.author) {
            let line = TextCodec.replayed(message, utcOffset: utcOffset)
            bytes += line.count
            guard bytes <= Self.mostReplayed else { break }
            lines.append(line)
        }
        if !lines.isEmpty { own.reply(Array(lines.reversed().joined())) }
        return !lines.isEmpty
    }

    /// How many bytes of the past one answer shows.
    private static let mostReplayed = 128 * 1024
}

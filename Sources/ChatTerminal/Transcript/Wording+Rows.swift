internal import ChatCore

/// Which happening is told how.
extension Wording {
    func wrapped(_ line: Line) -> [StyledText] {
        Wrapping(head: line.head, text: line.text, width: max(1, look.width)).rows()
    }

    func rows(of body: Event.Body, at: Timestamp, now: Timestamp) -> [StyledText] {
        wrapped(line(of: body, at: look.stamp(at, now: now)))
    }

    func line(of body: Event.Body, at stamp: String) -> Line {
        let texts = look.texts
        switch body {
        case .said(let author, let text): return speech(author, text, at: stamp, isMention: !isOwn(author))
        case .acted(let author, let text): return action(author, text, at: stamp, isMention: !isOwn(author))
        case .entered(let author): return presence("→", texts.entered([author]), at: stamp)
        case .left(let author): return presence("←", texts.left([author]), at: stamp)
        case .renamed(let before, let after): return notice(texts.renamed(before, after), at: stamp, style: .dim)
        case .topic(let text, let author): return notice(texts.topic(text, by: author), at: stamp)
        case .announced(let text, let author): return notice(texts.announced(by: author, text), at: stamp, style: .bold)
        case .ruled(let ruling, let author): return notice(texts.ruled(ruling, by: author), at: stamp)
        case .forgotten(let author): return notice(texts.forgotten(author), at: stamp, style: .dim)
        case .forgot(let author): return notice(texts.forgot(author), at: stamp, style: .dim)
        }
    }

    /// - Parameter isAgain: whether the room was entered before, and the connection lost since.
    func rows(of entry: RoomEntry, isAgain: Bool) -> [StyledText] {
        if isAgain { return lines(of: back(entry)) }
        return rule(styled("\(entry.room)")) + header(of: entry).flatMap { lines(of: $0) }
    }

    func back(_ entry: RoomEntry) -> Sentence {
        guard !entry.isReset else { return look.texts.beginsAnew(entry.room) }
        let missed = entry.head > entry.after ? entry.head - entry.after : 0
        let (sum, _) = missed.addingReportingOverflow(entry.lost)
        return look.texts.back(in: entry.room, missed: sum, lost: entry.lost)
    }

    /// What is to be known of a room on entering.
    func header(of entry: RoomEntry) -> [Sentence] {
        let texts = look.texts
        var sentences: [Sentence] = []
        if let topic = entry.topic, !topic.isEmpty { sentences.append(texts.topic(topic)) }
        let others = entry.members.shown.filter { $0.member != entry.author.member }
        let count = entry.members.shown.count + entry.members.more
        let names: Sentence = others.isEmpty ? "" : texts.because(texts.list(others, more: entry.members.more))
        sentences.append("\(texts.present(count))\(names)")
        if entry.isPrivate { sentences.append("\(texts.isPrivate)") }
        if entry.slow > 0 { sentences.append("\(texts.slow(entry.slow))") }
        if entry.isModerator { sentences.append("\(texts.mayModerate)") }
        sentences.append("\(texts.keeps(messages: entry.keepsMessages, days: entry.keepsDays))")
        return sentences
    }

    /// All that is no event of a room.
    func rows(of happening: Happening, in room: RoomName?, now: Timestamp) -> [StyledText] {
        let stamp = look.stamp(now, now: now)
        switch happening {
        case .answer(.whisper(let author, let text)):
            return wrapped(whisper(author, text, isOurs: false, at: stamp))
        case .answer(.whispered(let author, let text, let away)):
            let rows = wrapped(whisper(author, text, isOurs: true, at: stamp))
            return rows + (away.map { lines(of: look.texts.away(author, $0)) } ?? [])
        default:
            return sentences(of: happening, in: room).flatMap { wrapped(notice($0, at: stamp)) }
        }
    }

    func sentences(of happening: Happening, in room: RoomName?) -> [Sentence] {
        let texts = look.texts
        switch happening {
        case .event, .entered: return []
        case .gap(let count): return ["\(texts.lost(count))"]
        case .notEntered(let reason): return room.map { [texts.notEntered($0, words(reason))] } ?? []
        case .answer(let answer): return texts.answer(answer)
        case .unreadPrivate(let count): return ["\(texts.unreadPrivate(count))"]
        case .silent(let seconds): return ["\(texts.silent(seconds))"]
        case .nameLost(let name, let reason): return [texts.nameLost(name, words(reason))]
        case .nameKept(let name, let isKept, let english):
            return ["\(texts.name(name.text, isKept: isKept, english: english.string))"]
        case .refused(let reason): return ["\(reason)"]
        case .trouble(let trouble): return texts.lines(of: trouble)
        case .note(let sentence): return [sentence]
        case .connectionLost(let reason): return [texts.connectionLost(words(reason))]
        }
    }

    private func words(_ trouble: Trouble) -> CleanText { CleanText(look.texts.trouble(trouble)) }

    /// A notice without a time.
    private func lines(of sentence: Sentence) -> [StyledText] { wrapped(notice(sentence, at: "")) }
}

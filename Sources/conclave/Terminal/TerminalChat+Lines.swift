import ChatClient
import ChatCore
import ChatTerminal
import ChatWire

/// What was typed: to be said, or to be done.
extension TerminalChat {
    func isFarewell(_ text: String) -> Bool {
        if case .command(.quit, _) = Self.request(text) { true } else { false }
    }

    func work(_ job: Job) async {
        switch job {
        case .text(let text, let moment): await submit(text, moment)
        // It may have been left since.
        case .target(let room): if places.contains(where: { $0.name == room }) { target = room }
        }
    }

    var moment: Moment { Moment(whisperer: rooms.lastWhisperer, switches: switches) }

    /// Does at once what needs no server.
    /// - Returns: false if it is for the worker.
    func answer(_ text: String) async -> Bool {
        guard !text.utf8.contains(UInt8(ascii: "\n")) else { return false }
        switch (TerminalCommand(text), Self.request(text)) {
        case (.moreHistory, _), (.moreFound, _): return false
        // It asks the server how far away it is.
        case (.status, _): Task { await showStatus() }
        case (let command?, _): await perform(command)
        case (nil, .command(.act(.aside(let aside)), _)): await show(aside)
        case (nil, .problem(let problem)): await refuse(problem)
        case (nil, _): return false
        }
        return true
    }

    private func submit(_ text: String, _ moment: Moment) async {
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.count > 1 else {
            if let line = lines.first { await submit(line: line, moment) }
            return
        }
        // What was pasted is said, whatever it begins with: a path is no command. The terminal has asked.
        await say(lines.map { CleanText($0) }.filter { !$0.isEmpty }, pasted: text)
    }

    private static func request(_ line: String) -> TextRequest { TextRequest(Array(line.utf8).span.bytes) }

    /// All of it, or none: if there is one that cannot be said, the others would not be understood.
    private func say(_ lines: [CleanText], pasted: String) async {
        guard target != nil, lines.allSatisfy({ !Self.isTooLong($0) }) else {
            await refuseToSay(target == nil ? nil : texts.tooLong(limit: TextCodec.lineLimit))
            return await putBack(pasted)
        }
        for line in lines { guard await say(line, isAction: false) else { return } }
    }

    private static func isTooLong(_ text: CleanText) -> Bool { text.string.utf8.count > TextCodec.lineLimit }

    private func submit(line: String, _ moment: Moment) async {
        if let command = TerminalCommand(line) { return await perform(command) }
        switch Self.request(line) {
        case .nothing: break
        case .say(let text): _ = await say(text, isAction: false)
        case .command(.act(.act(let text)), _): _ = await say(text, isAction: true)
        case .command(let request, _): await perform(request, moment)
        case .problem(let problem): await refuse(problem)
        }
    }

    /// - Returns: false if it cannot be said, and so neither what was to come after it.
    private func say(_ text: CleanText, isAction: Bool) async -> Bool {
        guard let room = target, !Self.isTooLong(text) else {
            await refuseToSay(target == nil ? nil : texts.tooLong(limit: TextCodec.lineLimit))
            await putBack(Self.typed(text, isAction))
            return false
        }
        unsent += 1
        if connection != .connected { await take(.note("\(texts.waiting(unsent))")) }
        await pending.add(client.begin(.say(room, text, isAction: isAction, id: nil))) { result in
            await self.said(text, isAction, result.map { _ in })
        }
        return true
    }

    /// - Parameter reason: nil: its user is in no room.
    private func refuseToSay(_ reason: String?) async {
        if let reason { await refuse(reason) } else { await take(.answer(.refused(.nowhere))) }
    }

    private func said(_ text: CleanText, _ isAction: Bool, _ result: Result<Void, RequestError>) async {
        // What the end of the client has kept from being said is counted when all is over.
        if case .failure(.ended) = result { return }
        unsent -= 1
        guard case .failure(let error) = result else { return }
        await refuse(error)
        await putBack(Self.typed(text, isAction))
    }

    /// Gives back what was not said: into the line, or to be read if something else is being typed.
    private func putBack(_ text: String) async {
        if !session.putBack(text) {
            await take(.note(texts.notSaid(CleanText(text.replacing("\n", with: " ↵ ")))))
        }
    }

    /// What one has typed to say it.
    private static func typed(_ text: CleanText, _ isAction: Bool) -> String {
        let isSlash = text.string.utf8.first == UInt8(ascii: "/")
        return (isAction ? "/me " : isSlash ? "/" : "") + text.string
    }

    // MARK: Completion

    func complete(_ request: CompletionRequest) async {
        let completer = rooms.completer(knowing: listed)
        let help = completer.help(request)
        if help.count <= Self.mostHelp { for line in help { await take(.note("\(line)")) } }
        session.complete(request, with: completer.completions(request))
    }

    /// More commands than so many at once are what `/help` is for.
    private static let mostHelp = 8
}

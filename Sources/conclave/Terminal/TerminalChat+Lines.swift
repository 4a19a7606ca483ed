import ChatClient
import ChatCore
import ChatTerminal
import ChatWire

/// What was typed: to be said, or to be done.
extension TerminalChat {
    func isFarewell(_ text: String) -> Bool {
        if case .command(.quit, _) = Self.request(text) { true } else { false }
    }

    func submit(_ text: String) async {
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.count > 1 else {
            if let line = lines.first { await submit(line: line) }
            return
        }
        // What was pasted is said, whatever it begins with: a path is no command. The terminal has asked.
        for line in lines where !CleanText(line).isEmpty {
            guard await say(CleanText(line), isAction: false) else { return }
        }
    }

    private static func request(_ line: String) -> TextRequest { TextRequest(Array(line.utf8).span.bytes) }

    private func submit(line: String) async {
        if let command = TerminalCommand(line) { return await perform(command) }
        switch Self.request(line) {
        case .nothing: break
        case .say(let text): _ = await say(text, isAction: false)
        case .command(.act(.act(let text)), _): _ = await say(text, isAction: true)
        case .command(let request, _): await perform(request)
        case .problem(let problem): await refuse(texts.problem(problem))
        }
    }

    /// - Returns: false if it cannot be said, and so neither what was to come after it.
    private func say(_ text: CleanText, isAction: Bool) async -> Bool {
        guard let room = rooms.shown else {
            await take(.answer(.refused(.nowhere)))
            return false
        }
        guard text.string.utf8.count <= TextCodec.lineLimit else {
            await refuse(texts.tooLong(limit: TextCodec.lineLimit))
            putBack(text, isAction)
            return false
        }
        unsent += 1
        if connection != .connected { await take(.note("\(texts.waiting(unsent))")) }
        await pending.add(client.begin(.say(room, text, isAction: isAction, id: nil))) { result in
            await self.said(text, isAction, result.map { _ in })
        }
        return true
    }

    private func said(_ text: CleanText, _ isAction: Bool, _ result: Result<Void, RequestError>) async {
        // What the end of the client has kept from being said is counted when all is over.
        if case .failure(.ended) = result { return }
        unsent -= 1
        guard case .failure(let error) = result else { return }
        await refuse(texts.trouble(Trouble(error)))
        if case .refused = error { putBack(text, isAction) }
    }

    /// Gives back what was not said, unless something else is being typed.
    private func putBack(_ text: CleanText, _ isAction: Bool) {
        guard session.line.text.isEmpty else { return }
        let isSlash = text.string.utf8.first == UInt8(ascii: "/")
        session.setText((isAction ? "/me " : isSlash ? "/" : "") + text.string)
    }

    func refuse(_ reason: String) async { await take(.refused(CleanText(reason))) }

    // MARK: Completion

    func complete(_ request: CompletionRequest) async {
        let names = rooms.roster(of: rooms.shown).byActivity
        let others = rooms.whisperers.filter { one in !names.contains { $0.member == one.member } }
        let known = rooms.list.map(\.name)
        let completer = Completer(
            names: names + others,
            rooms: known + listed.filter { !known.contains($0) },
            own: rooms.own,
            texts: texts
        )
        let help = completer.help(request)
        if help.count <= Self.mostHelp { for line in help { await take(.note("\(line)")) } }
        session.complete(request, with: completer.completions(request))
    }

    /// More commands than so many at once are what `/help` is for.
    private static let mostHelp = 8
}

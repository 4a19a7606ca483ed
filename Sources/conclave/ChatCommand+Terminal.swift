import ArgumentParser
import ChatClient
import ChatCore
import ChatTerminal
import ChatWire
import CommandKit

/// `conclave` at a terminal.
extension ChatCommand {
    /// Connects, which may ask about the server, then takes the terminal, and chats until its user leaves.
    /// - Parameter explains: whether who is new is still to be told how it all works.
    func chatAtTerminal(explaining explains: Bool) async throws {
        let texts = Surroundings.texts
        let notices = TrustNotices(texts)
        let key = try await identity.key(texts)
        let trust = trust.trust(in: server, as: key.map(identity.shown)) { await notices.tell($0) }
        var options = ClientOptions()
        // Somebody waits for the shell's prompt.
        options.goodbye = .seconds(2)
        // Half of a frame: nobody sees the difference, and a busy room costs half of what it would.
        options.readInterval = .milliseconds(8)
        let client = try await ChatClient.connect(to: server.endpoint, trusting: trust, options: options)
        let room = room ?? .lobby
        var wishes = TerminalChat.Wishes(
            room: room,
            ownKey: key?.fingerprint,
            rings: !look.noBell,
            notification: look.notify
        )
        if explains, try await RecentQuestion.recent(.standard).entries.isEmpty { wishes.introduction = texts.firstRun }
        if let problem = try await enter(room, client, texts) { wishes.introduction.append(problem) }
        try? await remember(room)

        let session = try TerminalSession(configuration(texts))
        let chat = TerminalChat(client, at: session, look: look.look(columns: session.size.columns, texts), wishes)
        await notices.go(to: chat)
        #if DEBUG
        let dump = LineDump(of: session)
        defer { dump?.stop() }
        #endif
        try await chat.run()
    }

    private func configuration(_ texts: Texts) -> TerminalSession.Configuration {
        var configuration = TerminalSession.Configuration(
            environment: Surroundings.environment,
            color: look.color ?? .auto
        )
        configuration.prompt = ""  // until it is known what to say
        configuration.searchPrompt = { StyledText(texts.searchPrompt(query: $0, isFound: $1)) }
        configuration.lineQuestion = { StyledText(texts.pasteQuestion(lines: $0)) }
        // Several lines may be typed at once, though none of them may be longer than a message.
        configuration.editor = LineEditor(limit: 4 * TextCodec.lineLimit) { line in
            // A password is nothing to leave lying about.
            line.drop { $0 == " " }.lowercased().hasPrefix("/oper")
        }
        return configuration
    }
}

import ArgumentParser
import ChatClient
import ChatCore
import ChatTerminal
import ChatWire
import CommandKit

/// `conclave` at a terminal.
extension ChatCommand {
    /// Connects, which may ask about the server, then takes the terminal, and chats until its user leaves.
    func chatAtTerminal() async throws {
        let notices = TrustNotices()
        let key = try await identity.key()
        let trust = trust.trust(in: server, as: key.map(identity.shown)) { await notices.tell($0) }
        var options = ClientOptions()
        // Somebody waits for the shell's prompt.
        options.goodbye = .seconds(2)
        let client = try await ChatClient.connect(to: server.endpoint, trusting: trust, options: options)
        let room = room ?? .lobby
        let texts = Surroundings.texts
        var wishes = TerminalChat.Wishes(
            room: room,
            ownKey: key?.fingerprint,
            rings: !look.noBell,
            notification: look.notify
        )
        if try await Self.recent().entries.isEmpty { wishes.introduction = texts.firstRun }
        if let problem = try await enter(room, client) { wishes.introduction.append(problem) }
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
        configuration.searchPrompt = { StyledText(texts.searchPrompt(query: $0, isFound: $1)) }
        configuration.lineQuestion = { StyledText(texts.pasteQuestion(lines: $0)) }
        // Several lines may be typed at once, though none of them may be longer than a message.
        configuration.editor = LineEditor(limit: 4 * TextCodec.lineLimit) { line in
            // A password is nothing to leave lying about.
            line.drop { $0 == " " }.lowercased().hasPrefix("/oper")
        }
        return configuration
    }

    /// Enters the room. Who cannot have the name that was wished for is there without it.
    /// - Returns: why it could not be had.
    private func enter(_ room: RoomName, _ client: ChatClient) async throws -> String? {
        let start = Entry.Start.last(TerminalChat.replayed)
        do throws(RequestError) {
            do {
                try await client.enter(room, as: nick, from: start)
                return nil
            } catch .refused(let refusal) where nick != nil && refusal.isAboutName {
                try await client.enter(room, from: start)
                return refusal.message
            }
        } catch {
            switch error {
            case .ended(let reason?): throw reason
            case .refused(let refusal):
                Conclave.complain(refusal.message)
                throw ClientError.noEntry(room)
            default: throw error
            }
        }
    }

    // MARK: Where to go

    /// Whether nothing was said of any server.
    var isUndecided: Bool {
        otherServer == nil && trust.pin.isEmpty && trust.ca == nil && trust.serverName == nil
            && !trust.dangerouslyAcceptAnyCertificate
    }

    /// Asks for one of the last servers.
    /// - Returns: false if there was no answer. Who was nowhere yet is not asked.
    mutating func decide() async throws -> Bool {
        guard let directory = ConfigDirectory.standard, try await !Self.recent().entries.isEmpty else { return true }
        guard let (place, nick) = try await RecentQuestion.ask(directory, Surroundings.texts) else { return false }
        otherServer = place
        self.nick = self.nick ?? nick
        return true
    }

    private static func recent() async throws -> RecentServers {
        guard let file = ConfigDirectory.standard?.recent else { return RecentServers() }
        return RecentServers(try await file.read() ?? [])
    }

    private func remember(_ room: RoomName) async throws {
        guard let directory = ConfigDirectory.standard else { return }
        let entry = RecentServers.Entry(server.endpoint, room: room == .lobby ? nil : room, nick: nick)
        try await RecentQuestion.remember(entry, in: directory)
    }
}

extension StructuredError {
    /// Whether it is the name that cannot be had.
    fileprivate var isAboutName: Bool {
        [.nameTaken, .alreadyNamed, .nameReserved, .nameCertified].contains(code)
    }
}

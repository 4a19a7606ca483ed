import ArgumentParser
import ChatClient
import ChatCore
import ChatTerminal

/// `conclave [chat]`: lines from standard input go to the room, and what happens goes to standard output.
struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Chat: lines go to the room, and what the room says comes back. This is what is done by default.",
        discussion: """
            A line that begins with / is a command; /help lists them. The end of input leaves the room. A connection that \
            is lost is made again, and nothing is lost or said twice. At a terminal what is said comes above the line \
            that you type; in a pipe, and with --plain, both are lines and nothing more.
            """
    )

    @Argument(
        help: ArgumentHelp("Where the server is; or a join link.", valueName: "host[:port]|link"),
        transform: Place.init(_:)
    )
    var otherServer: Place?

    @Option(help: ArgumentHelp("Take this name.", valueName: "name"), transform: Reading.nickname(of:))
    var nick: Nickname?

    @Option(
        name: .customLong("room"),
        help: ArgumentHelp("Go to this room, and not to #lobby or that of the link.", valueName: "room"),
        transform: Reading.room(of:)
    )
    var otherRoom: RoomName?

    @Flag(help: "For programs: print events as JSON, one a line, and take operations as JSON as well as lines to say.")
    var json = false

    @Flag(help: "Speak the text protocol, line by line as the server has it, over one connection.")
    var text = false

    @OptionGroup var look: LookOptions
    @OptionGroup var trust: TrustOptions
    @OptionGroup var identity: IdentityOptions

    var server: Place { otherServer ?? .localhost }
    var room: RoomName? { otherRoom ?? server.room }

    func validate() throws {
        if json, text { throw ValidationError("--json and --text exclude each other") }
        try trust.validate(for: server)
    }

    func run() async throws {
        let configuration = try await Configuration.read()
        var command = self
        let isAsked = isUndecided && configuration.server == nil && Surroundings.isTerminal && !json && !text
        if isAsked {
            guard try await command.decide() else { return }
        }
        try await command.settled(by: configuration).chat(explaining: !isAsked)
    }

    /// With what the user's file says.
    private func settled(by configuration: Configuration) async throws -> ChatCommand {
        var command = self
        command.otherServer = otherServer ?? configuration.server
        command.nick = nick ?? configuration.nick
        command.otherRoom = otherRoom ?? otherServer?.room ?? configuration.room
        command.trust = trust.filled(from: configuration, for: command.server)
        command.identity = identity.filled(from: configuration)
        command.look = look.filled(from: configuration)
        try command.trust.validate(for: command.server)
        return command
    }

    private func chat(explaining explains: Bool) async throws {
        let isAtTerminal = TerminalSession.isPossible(environment: Surroundings.environment)
        if isAtTerminal, !look.plain, !json, !text {
            return try await Self.telling(Surroundings.texts) { try await chatAtTerminal(explaining: explains) }
        }
        let (input, output) = (StandardInput(), StandardOutput())
        let key = try await identity.key()
        let trust = trust.trust(in: server, as: key.map(identity.shown))
        if text { return try await chatInText(trust, input, output) }
        let client = try await ChatClient.connect(to: server.endpoint, trusting: trust)
        if json {
            let chat = JSONChat(client, as: nick, in: room ?? .lobby) { try await output.write($0) }
            return try await chat.run { try await input.next() }
        }
        // What comes out of a pipe has no time before it unless it is asked for.
        let time: Look.Time = Surroundings.isTerminal ? .clock : .off
        let chat = PlainChat(
            client,
            look: look.look(columns: 80, Surroundings.texts, otherwise: time),
            PlainChat.Wishes(name: nick, room: room ?? .lobby, ownKey: key?.fingerprint)
        ) { try await output.write($0) }
        try await chat.run { try await input.next() }
    }

    private func chatInText(_ trust: ServerTrust, _ input: StandardInput, _ output: StandardOutput) async throws {
        let connection = try await ChatConnection.connect(to: server.endpoint, trusting: trust)
        try await LineClient(connection, as: nick, in: room).run(
            input: { try await input.next() },
            output: { try await output.write($0) }
        )
    }
}

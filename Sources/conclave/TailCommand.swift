import ArgumentParser
import ChatClient
import ChatCore
import ChatWire
import CommandKit

/// `conclave tail`: prints what happens in a room.
struct TailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Print what happens in a room, and go on.",
        discussion: "A connection that is lost is made again, and printing goes on where it was."
    )

    /// From where on.
    enum Since: Equatable {
        case sequence(UInt64)
        case seconds(Int)
    }

    @OptionGroup var options: ServerOptions

    @Option(
        help: ArgumentHelp(
            "Begin with what came after event number N, or in the last 90s, 10m, 2h or 7d, as far as the room keeps it.",
            valueName: "n|duration"
        ),
        transform: since(_:)
    )
    var since: Since?

    @Flag(help: "Print events as JSON, one a line.")
    var json = false

    func run() async throws {
        let output = StandardOutput()
        let options = try await options.settled()
        let client = try await options.connect()
        let (room, since, nick) = (options.room, since, options.nick)
        let isSearching = if case .seconds? = since { true } else { false }
        let view = TailView(isJSON: json, isSearching: isSearching, utcOffset: LocalTime.utcOffset(at:))
        let begin = Task { try await Self.begin(since, in: room, as: nick, client, view) }
        for await event in client.events {
            if case .state(.failed(let error)) = event { throw error }
            if case .state(.waiting(_, let error)) = event, !json { Self.complain("\(error); trying again") }
            let bytes = await view.bytes(of: event)
            if !bytes.isEmpty { try await output.write(bytes) }
            if let putOut = PutOut(of: room, event) {
                await client.close()
                throw putOut
            }
        }
        try await begin.value
        throw ClientError.ended(options.server.endpoint)
    }

    /// Enters the room, once more if its past has to be looked through for where to begin.
    private static func begin(
        _ since: Since?,
        in room: RoomName,
        as nick: Nickname?,
        _ client: ChatClient,
        _ view: TailView
    ) async throws {
        do {
            switch since {
            case nil: try await client.enter(room, as: nick)
            case .sequence(let sequence): try await client.enter(room, as: nick, from: .after(sequence, of: nil))
            case .seconds(let seconds):
                try await client.enter(room, as: nick)
                let cutoff = LocalTime.now.adding(seconds: -seconds)
                let (sequence, epoch) = try await lastEvent(before: cutoff, in: room, client)
                await view.begin(after: sequence)
                try await client.enter(room, from: .after(sequence, of: epoch))
            }
        } catch {
            await client.close()
            throw error
        }
    }

    private static func lastEvent(
        before cutoff: Timestamp,
        in room: RoomName,
        _ client: ChatClient
    ) async throws -> (UInt64, Epoch) {
        var past = Past(limit: Past.most)
        while true {
            let history = try await client.history(of: room, past)
            if let last = history.events.last(where: { $0.at < cutoff }) { return (last.sequence, history.epoch) }
            let oldest = history.events.first?.sequence ?? past.before
            // One that does not go back any further has no more, whatever it says.
            guard history.hasMore, let oldest, oldest < past.before ?? .max else {
                return (oldest.map { max($0, 1) - 1 } ?? 0, history.epoch)
            }
            past.before = oldest
        }
    }

    private static func since(_ text: String) throws -> Since {
        if let seconds = Period.parse(text) { return .seconds(seconds) }
        if let sequence = UInt64(text), sequence < 1 << 53 { return .sequence(sequence) }
        throw ValidationError("--since takes the number of an event, or a time such as 90s, 10m, 2h or 7d")
    }
}

/// There is nothing more to print: one is in the room no more.
private struct PutOut: Error, CustomStringConvertible {
    let description: String

    /// - Returns: nil for any other event.
    init?(of room: RoomName, _ event: ChatEvent) {
        switch event {
        case .notEntered(room, let error): description = "\(room) cannot be entered again: \(error.message)"
        case .notice(.removed(room, let author, let reason, _)):
            description = "`\(author.label)` has put you out of \(room)" + (reason.map { ": \($0.string)" } ?? "")
        default: return nil
        }
    }
}

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

        /// How often the room is entered until what is wanted comes.
        var entries: Int {
            switch self {
            case .sequence: 1
            case .seconds: 2
            }
        }
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
        let client = try await options.connect()
        let (room, since, nick) = (options.room, since, options.nick)
        let begin = Task { try await Self.begin(since, in: room, as: nick, client) }
        var printer = TailPrinter(isJSON: json, entries: since?.entries ?? 1)
        for await event in client.events {
            if case .state(.failed(let error)) = event { throw error }
            let bytes = printer.print(event)
            if !bytes.isEmpty { try await output.write(bytes) }
            if let putOut = PutOut(of: room, event) {
                await client.close()
                throw putOut
            }
        }
        try await begin.value
        throw ClientError.ended(options.server)
    }

    /// Enters the room, once more if its past has to be looked through for where to begin.
    private static func begin(
        _ since: Since?,
        in room: RoomName,
        as nick: Nickname?,
        _ client: ChatClient
    ) async throws {
        do {
            switch since {
            case nil: try await client.enter(room, as: nick)
            case .sequence(let sequence): try await client.enter(room, as: nick, from: .after(sequence, of: nil))
            case .seconds(let seconds):
                try await client.enter(room, as: nick)
                let cutoff = LocalTime.now.adding(seconds: -seconds)
                let (sequence, epoch) = try await lastEvent(before: cutoff, in: room, client)
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
            guard let first = history.events.first, history.hasMore else {
                return (history.events.first.map { $0.sequence - 1 } ?? past.before.map { $0 - 1 } ?? 0, history.epoch)
            }
            past.before = first.sequence
        }
    }

    private static func since(_ text: String) throws -> Since {
        if let seconds = Period.parse(text) { return .seconds(seconds) }
        if let sequence = UInt64(text), sequence <= 1 << 53 { return .sequence(sequence) }
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

/// Events as they are printed, from the right entry on.
private struct TailPrinter {
    let isJSON: Bool
    /// How many entries are still to come before anything is printed.
    var entries: Int
    private var view = LineView(utcOffset: LocalTime.utcOffset(at:))

    init(isJSON: Bool, entries: Int) {
        self.isJSON = isJSON
        self.entries = entries
        view.change(.time(true))
    }

    mutating func print(_ event: ChatEvent) -> [UInt8] {
        if case .entered = event { entries = max(0, entries - 1) }
        guard entries == 0 else { return [] }
        var bytes: [UInt8] = []
        if isJSON {
            event.encode(into: &bytes)
            return bytes
        }
        switch event {
        case .room(let event): if let line = view.line(event) { bytes = Array((line.string + "\n").utf8) }
        case .gap(_, _, let missed): bytes = Array(TextCodec.missed(missed).utf8)
        case .entered(let entered) where entered.isReset: bytes = Array("* \(entered.room) begins anew\n".utf8)
        case .entered(let entered) where entered.missed > 0: bytes = Array(TextCodec.missed(entered.missed).utf8)
        case .state(.waiting(_, let error)): Conclave.complain("\(error); trying again")
        default: break
        }
        return bytes
    }
}

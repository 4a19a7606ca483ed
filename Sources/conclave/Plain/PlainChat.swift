import ChatClient
import ChatCore
import ChatTerminal
import ChatWire

/// A chat of lines, for pipes, screen readers and terminals that can nothing: what is typed goes out, and what happens
/// comes as lines of ``PlainTranscript``. Connections that are lost are made again, and nothing is lost or said twice.
///
/// The end of input leaves, when all that was said has been acknowledged.
actor PlainChat: CommandDesk {
    typealias Output = @Sendable ([CleanText]) async throws -> Void

    /// What is as the user wants it, and stays so.
    struct Wishes: Sendable {
        /// Taken before anything is said.
        var name: Nickname?
        /// Entered before anything is said.
        var room: RoomName
        /// What `/status` says the user shows.
        var ownKey: KeyFingerprint?
    }

    let client: ChatClient
    let wishes: Wishes
    private let output: Output

    // What the extensions share.
    var plain: PlainTranscript
    var target: RoomName?
    var pages = PastPages()
    var unsent = 0
    let pending = ReplyQueue(most: 64)
    /// Whether something was not said that was to be.
    var wasRefused = false
    /// How the connection is, and until when it is waited for if it is.
    var state: (now: ConnectionState, end: ContinuousClock.Instant) = (.connected, .now)
    private var outputError: (any Error)?

    /// - Parameter output: takes lines to show, in order.
    init(_ client: ChatClient, look: Look, _ wishes: Wishes, output: @escaping Output) {
        (self.client, self.wishes, self.output) = (client, wishes, output)
        plain = PlainTranscript(look: look)
    }

    var texts: Texts { plain.look.texts }
    var own: Author? { plain.own }
    var ownKey: KeyFingerprint? { wishes.ownKey }
    var ignoring: @Sendable (Author) -> Bool { { [plain] in plain.ignores($0) } }

    var places: [Rooms.Entry] {
        plain.rooms.enumerated().map { Rooms.Entry(number: $0 + 1, name: $1, isShown: $1 == target) }
    }

    var connection: PromptState.Connection {
        PromptState.Connection(state.now, left: TerminalChat.seconds(until: state.end))
    }

    func change(_ change: ViewChange) { plain.look.change(change) }

    /// Runs until the input ends, its user has quit, or the client gives up.
    /// - Parameter input: the next bytes, or nil at the end.
    /// - Throws: ``ClientError`` if the name or the room cannot be had, the client gives up, or not all was said that was
    ///   to be; whatever `input` and `output` throw.
    func run(input: @escaping @Sendable () async throws -> [UInt8]?) async throws {
        let failure = try await withThrowingTaskGroup(of: ClientError?.self) { tasks in
            // A read of input may block for ever: it is not waited for when the client has ended.
            let (ended, end) = AsyncStream.makeStream(of: Result<Void, any Error>.self)
            Task {
                do {
                    try await self.speak(input)
                    end.yield(.success(()))
                } catch {
                    end.yield(.failure(error))
                }
            }
            tasks.addTask { await self.listen() }
            tasks.addTask {
                for await result in ended {
                    if Task.isCancelled { return nil }
                    await self.client.close()
                    try result.get()
                    return nil
                }
                return nil
            }
            defer { tasks.cancelAll() }
            let first = try await tasks.next() ?? nil
            if first == nil { return try await tasks.next() ?? nil }
            return first
        }
        if let outputError { throw outputError }
        if let failure { throw failure }
        if wasRefused { throw ClientError.notAllSaid }
    }

    func write(_ lines: [CleanText]) async {
        guard outputError == nil, !lines.isEmpty else { return }
        do {
            try await output(lines)
        } catch {
            outputError = error
            await client.close()
        }
    }
}

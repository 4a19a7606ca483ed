import ArgumentParser
import ChatClient
import ChatCore
import ChatTerminal
import Glibc

/// A chat at a terminal: what the client is told is shown above the line that somebody types, and the line goes out.
///
/// Nothing that the network does keeps a key waiting: the terminal has a thread of its own, and what takes time, such as a
/// command whose answer comes from the server, is done by one worker in the order in which it was typed.
actor TerminalChat: CommandDesk {
    /// What is as the user wants it, and stays so.
    struct Wishes: Sendable {
        var room: RoomName
        /// What `/status` says the user shows.
        var ownKey: KeyFingerprint?
        var rings = true
        var notification: DesktopNotification?
        /// Told once, before all else.
        var introduction: [String] = []
    }

    let client: ChatClient
    let session: TerminalSession
    let wishes: Wishes

    var rooms: Rooms
    /// The room that the worker talks to: what was said on the way there goes there, whatever is on the screen by then.
    var target: RoomName?
    /// How often its user has gone to another room.
    var switches = 0
    /// As the prompt says it.
    var connection = PromptState.Connection.connected
    /// What was said and is not acknowledged.
    var unsent = 0
    let pending = ReplyQueue(most: 64)
    var pages = PastPages()
    /// Rooms that the server has listed, for completion.
    var listed: [RoomName] = []

    // What the extensions keep between their calls.
    var prompted: (state: PromptState, width: Int, isVerified: Bool)?
    var kept: Set<Nickname> = []
    var flushing: Task<Void, Never>?
    var counting: Task<Void, Never>?

    private let jobs: AsyncStream<Job>
    private let job: AsyncStream<Job>.Continuation
    private var failure: ClientError?
    private var isLeaving = false

    /// How long what was said may take to be acknowledged when its user leaves.
    static let patience = Duration.seconds(3)

    /// - Parameters:
    ///   - client: one that is in the room of `wishes`, whose events nobody has read.
    ///   - session: the terminal, which is given back when the chat ends.
    init(_ client: ChatClient, at session: TerminalSession, look: Look, _ wishes: Wishes) {
        (self.client, self.session, self.wishes) = (client, session, wishes)
        rooms = Rooms(look: look, now: LocalTime.now)
        (jobs, job) = AsyncStream.makeStream()
    }

    var texts: Texts { rooms.look.texts }
    var own: Author? { rooms.own }
    var places: [Rooms.Entry] { rooms.list }
    var ownKey: KeyFingerprint? { wishes.ownKey }
    var ignoring: @Sendable (Author) -> Bool { { [rooms] in rooms.ignores($0) } }

    func change(_ change: ViewChange) { rooms.look.change(change) }

    /// Runs until its user leaves, the terminal is gone, or the client gives up. Then the terminal is given back.
    /// - Throws: an `ExitCode` if the client gives up, which its user has been told; ``ClientError`` if not all was said that
    ///   was to be. A signal to end ends the program.
    func run() async throws {
        await session.print(wishes.introduction.flatMap { rooms.rows(of: $0) })
        _ = rooms.show(wishes.room, at: LocalTime.now)
        target = wishes.room
        let listener = Task { await self.listen() }
        let worker = Task { [jobs] in
            for await job in jobs { await self.work(job) }
        }
        var reason = TerminalSession.Reason.asked
        for await event in session.events {
            if case .closed(let why) = event { reason = why } else { await take(event, worker) }
        }
        job.finish()
        worker.cancel()
        flushing?.cancel()
        counting?.cancel()
        await client.close()
        await listener.value
        try await end(because: reason)
    }

    private func end(because reason: TerminalSession.Reason) async throws {
        if case .signal(let signal) = reason {
            // As it would have without us. Another thread is the one to get it.
            kill(getpid(), signal)
            try? await Task.sleep(for: .seconds(1))
            throw ExitCode(128 + signal)
        }
        // It stands on the screen.
        if let failure { throw ExitCode(Complaint.status(of: failure)) }
        if unsent > 0 { throw ClientError.notAllSaid }
    }

    private func listen() async {
        var events = client.events.makeAsyncIterator()
        while let batch = await events.nextBatch() {
            if case .state(.failed(let error)) = batch.last { failure = error }
            await take(batch)
        }
        await session.close()
    }

    // MARK: The keyboard

    private func take(_ event: TerminalSession.Event, _ worker: Task<Void, Never>) async {
        switch event {
        case .submitted(let text):
            // Whoever waits for something that does not come can still leave, and see how things are.
            if isFarewell(text) { return leave(worker) }
            if await !answer(text) { queue(.text(text, moment)) }
        case .completionWanted(let request): await complete(request)
        case .room(let wish): await go(wish)
        case .active: rooms.keyPressed(at: LocalTime.now)
        case .focus(let isFocused): rooms.focusChanged(isFocused, at: LocalTime.now)
        case .interrupted, .ended: leave(worker)
        case .resized(let size):
            rooms.look.width = max(1, size.columns - 1)
            showPrompt()
        case .resumed: showPrompt()
        case .closed: break
        }
    }

    func queue(_ next: Job) { job.yield(next) }

    /// Leaves when what was said has been acknowledged, but not much later than that takes.
    private func leave(_ worker: Task<Void, Never>) {
        guard !isLeaving else { return }
        isLeaving = true
        job.finish()
        Task {
            if connection == .connected {
                await wait(Self.patience) { [pending] in
                    await worker.value
                    await pending.drain()
                }
            }
            await session.close()
        }
    }
}

import ChatCore
import ChatWire
import NIOConcurrencyHelpers

/// A ``ClientSession`` behind a lock, with those who wait for it.
final class ClientCore: Sendable {
    let endpoint: Endpoint
    /// Whom to believe, if that is not all settled by the context of TLS.
    let trust: ServerTrust?
    let options: ClientOptions
    let timepiece: Timepiece
    private let state: NIOLockedValueBox<State>

    struct State {
        var session: ClientSession
        var events: EventQueue
        var calls: [RequestNumber: CheckedContinuation<ClientSession.Outcome, Never>] = [:]
        /// Requests that nobody waits for yet, and what has come of them.
        var begun: [RequestNumber: ClientSession.Outcome?] = [:]
        /// What is to be sent on this connection.
        var outbox: [StructuredRequest] = []
        /// Wakes who sends it.
        var alarm: AsyncStream<Void>.Continuation?
        /// What there is at the moment.
        var connection: ChatConnection?
        var lastNumber: RequestNumber = 0
        /// What connects; it is cancelled when there is nothing more to do.
        var runner: Task<Void, Never>?

        mutating func number() -> RequestNumber {
            lastNumber += 1
            return lastNumber
        }
    }

    init(endpoint: Endpoint, trust: ServerTrust? = nil, options: ClientOptions) {
        self.endpoint = endpoint
        self.trust = trust
        self.options = options
        timepiece = Timepiece(options.clock)
        state = NIOLockedValueBox(
            State(
                session: ClientSession(endpoint: endpoint, options: options),
                events: EventQueue(capacity: options.eventBuffer)
            )
        )
    }

    var intention: ClientSession.Intention { state.withLockedValue { $0.session.intention } }
    var deadline: Duration? { state.withLockedValue { $0.session.deadline } }

    /// Tells the session something, and does what comes of it.
    func tell<R: Sendable>(_ change: (inout State, _ now: Duration) -> R) -> R {
        let now = timepiece.now
        return handOver { state in
            let result = change(&state, now)
            return (result, Self.carryOut(&state))
        }
    }

    /// The connection that there is; nil while there is none.
    var connection: ChatConnection? { state.withLockedValue { $0.connection } }

    func use(_ connection: ChatConnection?) { state.withLockedValue { $0.connection = connection } }

    // MARK: Requests

    func call(_ operation: StructuredRequest.Operation) async throws(RequestError) -> StructuredReply {
        try await call { $0.session.ask($1, operation, at: $2) }
    }

    /// Makes a request of the session's, and waits until it is completed.
    func call(
        _ begin: @Sendable (inout State, RequestNumber, _ now: Duration) -> Void
    ) async throws(RequestError) -> StructuredReply {
        let number = state.withLockedValue { $0.number() }
        let outcome: ClientSession.Outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                tell { state, now in
                    state.calls[number] = continuation
                    // Whoever is cancelled later is found by its number.
                    if Task.isCancelled {
                        state.session.complete(number, .failure(.cancelled))
                    } else {
                        begin(&state, number, now)
                    }
                }
            }
        } onCancel: {
            tell { $0.session.cancel(number, at: $1) }
        }
        return try outcome.get()
    }

    func newMessageID() -> MessageID? {
        state.withLockedValue { MessageID(using: &$0.session.random) }
    }

    /// Makes a request, of which ``outcome(of:)`` has to be asked once.
    func begin(_ operation: StructuredRequest.Operation) -> RequestNumber {
        tell { state, now in
            let number = state.number()
            state.begun[number] = .some(nil)
            state.session.ask(number, operation, at: now)
            return number
        }
    }

    /// Waits until a request that was begun is completed.
    func outcome(of number: RequestNumber) async -> ClientSession.Outcome {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome = state.withLockedValue { state -> ClientSession.Outcome? in
                    if let outcome = state.begun.removeValue(forKey: number) ?? nil { return outcome }
                    if Task.isCancelled { return .failure(.cancelled) }
                    state.calls[number] = continuation
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
                tell { _, _ in }  // which lets the answer come, if events stand before it
            }
        } onCancel: {
            tell { $0.session.cancel(number, at: $1) }
        }
    }

    // MARK: Events

    /// The next events, but not more than `most`; none when there will be none, or if the task is cancelled.
    nonisolated(nonsending) func nextEvents(most: Int) async -> [ChatEvent] {
        if let events = waitingEvents(most: most) { return events }
        let number = state.withLockedValue { $0.number() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { reader in
                let (events, writers) = state.withLockedValue { state -> ([ChatEvent]?, [EventQueue.Writer]) in
                    if Task.isCancelled { return ([], []) }
                    let events = state.events.take(most, reader, number)
                    return (events, state.events.takeWriters())
                }
                if let events { reader.resume(returning: events) }
                for writer in writers { writer.resume() }
            }
        } onCancel: {
            state.withLockedValue { $0.events.cancelReader(number) }?.resume(returning: [])
        }
    }

    /// What need not be waited for.
    private func waitingEvents(most: Int) -> [ChatEvent]? {
        if Task.isCancelled { return [] }
        let (events, writers) = state.withLockedValue { ($0.events.take(most), $0.events.takeWriters()) }
        for writer in writers { writer.resume() }
        return events
    }

    /// Waits until our user has read enough. Meanwhile the session does not expect to hear anything.
    ///
    /// Who waits for an answer may be who reads the events before it, and so more of them are taken then, up to a bound.
    func waitForRoom() async {
        guard state.withLockedValue({ $0.events.isFull }) else { return }
        let isFull = tell { state, now in
            guard state.events.isFull, !state.calls.isEmpty else { return state.events.isFull }
            guard state.events.count >= Self.mostBeforeAnswers * state.events.capacity else { return false }
            for number in state.calls.keys { state.session.cancel(number, because: .unread, at: now) }
            return true
        }
        guard isFull else { return }
        tell { $0.session.stalled(true, at: $1) }
        let number = state.withLockedValue { $0.number() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { writer in
                if state.withLockedValue({ Task.isCancelled || $0.events.hasRoom(writer, number) }) { writer.resume() }
            }
        } onCancel: {
            state.withLockedValue { $0.events.cancelWriter(number) }?.resume()
        }
        tell { $0.session.stalled(false, at: $1) }
    }

    /// How many times more events may wait while somebody waits for an answer.
    private static let mostBeforeAnswers = 16

    // MARK: Sending

    /// A new connection begins. What is to be sent on it comes out of the outbox when the stream says so.
    func openOutbox() -> AsyncStream<Void> {
        let (stream, alarm) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        state.withLockedValue { state in
            state.outbox = []
            state.alarm = alarm
        }
        return stream
    }

    func takeOutbox() -> [StructuredRequest] {
        state.withLockedValue { state in
            defer { state.outbox = [] }
            return state.outbox
        }
    }

    // MARK: What comes of it

    /// Who is to be woken, outside the lock.
    private struct Wakes {
        var calls: [(CheckedContinuation<ClientSession.Outcome, Never>, ClientSession.Outcome)] = []
        var readers: [(reader: EventQueue.Reader, events: [ChatEvent])] = []
        var writers: [EventQueue.Writer] = []
        var ended: Task<Void, Never>?
    }

    private func handOver<R: Sendable>(_ body: (inout State) -> (R, Wakes)) -> R {
        let (result, wakes) = state.withLockedValue(body)
        for (call, outcome) in wakes.calls { call.resume(returning: outcome) }
        for (reader, events) in wakes.readers { reader.resume(returning: events) }
        for writer in wakes.writers { writer.resume() }
        wakes.ended?.cancel()
        return result
    }

    private static func carryOut(_ state: inout State) -> Wakes {
        var wakes = Wakes()
        for output in state.session.takeOutputs() {
            switch output {
            case .send(let request): state.outbox.append(request)
            case .tell(let event): state.events.append(event)
            case .complete(let number, let outcome):
                if let call = state.calls.removeValue(forKey: number) {
                    wakes.calls.append((call, outcome))
                } else if state.begun[number] != nil {
                    state.begun[number] = outcome
                }
            }
        }
        wakes.readers = state.events.handOut()
        if !state.outbox.isEmpty { state.alarm?.yield() }
        if !state.calls.isEmpty { wakes.writers = state.events.releaseWriters() }
        if state.session.intention == .stop {
            wakes.readers += state.events.finish().map { ($0, []) }
            wakes.ended = state.runner
        }
        return wakes
    }
}

import ChatCore
import ChatWire

/// What a client of conclave/1 knows and decides, with no socket, clock or thread: what happens is told to it, and it says
/// what is to be sent, told and answered.
///
/// A request that has not been sent waits for the next connection. Of those that were sent and not answered, what is to be
/// said is sent again under its id and entering is asked for again; the others are ``RequestError/interrupted``.
struct ClientSession: Sendable {
    /// What the owner has to do about the connection.
    enum Intention: Sendable, Equatable {
        case connect
        /// Keep the connection that there is.
        case stay
        /// Have none until that moment, and then `tick`.
        case wait(until: Duration)
        case stop
    }

    enum Output: Sendable {
        case send(StructuredRequest)
        case tell(ChatEvent)
        case complete(RequestNumber, Outcome)
    }

    typealias Outcome = Result<StructuredReply, RequestError>

    enum Phase: Sendable, Equatable {
        case connecting
        /// There is a connection, and no welcome yet.
        case greeting
        /// The rooms are being entered again; what else there is to ask waits.
        case restoring
        case live
        /// We have said bye.
        case leaving(until: Duration)
        case waiting(until: Duration)
        case over(ClientError?)
    }

    let endpoint: Endpoint
    let options: ClientOptions
    var random: any RandomNumberGenerator & Sendable
    var phase = Phase.connecting
    var outputs: [Output] = [.tell(.state(.connecting))]

    var identity = ClientIdentity()
    var places: [Place] = []
    /// What is to be entered before anything else is asked for.
    var entering: [Entering] = []
    /// What is to be said and has not been acknowledged, in order; the first of them are in the window.
    var says: [Say] = []
    /// Requests that wait for a connection.
    var queue: [(number: RequestNumber, operation: StructuredRequest.Operation)] = []
    /// What was sent on this connection and not answered, in order.
    var inFlight: [InFlight] = []
    var lastReference: UInt64 = 0
    var pulse = Pulse()

    /// Attempts that have failed since a connection was welcomed.
    private var failures = 0
    var wasWelcomed = false
    var waitingForWelcome: [RequestNumber] = []
    var waitingForEnd: [RequestNumber] = []

    init(endpoint: Endpoint, options: ClientOptions) {
        self.endpoint = endpoint
        self.options = options
        random = options.random
    }

    mutating func takeOutputs() -> [Output] {
        defer { outputs = [] }
        return outputs
    }

    var intention: Intention {
        switch phase {
        case .connecting: .connect
        case .greeting, .restoring, .live, .leaving: .stay
        case .waiting(let until): .wait(until: until)
        case .over: .stop
        }
    }

    /// When to `tick`, if nothing else happens before.
    var deadline: Duration? {
        switch phase {
        case .connecting, .over: nil
        case .greeting, .restoring, .live: pulse.deadline(options)
        case .leaving(let until), .waiting(let until): until
        }
    }

    // MARK: What happens to the connection

    /// There is a connection, and its server speaks conclave/1.
    mutating func connected(at now: Duration) {
        guard phase == .connecting else { return }
        phase = .greeting
        pulse.heard(at: now)
    }

    mutating func welcomed(_ welcome: StructuredWelcome, at now: Duration) {
        guard phase == .greeting else { return }
        phase = .restoring
        failures = 0
        wasWelcomed = true
        identity.welcomed(welcome)
        tell(.state(.connected))
        for number in waitingForWelcome { complete(number, .success(.done)) }
        waitingForWelcome = []
        entering.insert(contentsOf: places.map { Entering(room: $0.room) }, at: 0)
        restore(at: now)
    }

    /// There is no connection any more, or none could be had.
    mutating func lost(_ error: ClientError, at now: Duration) {
        switch phase {
        case .waiting, .over: return
        case .leaving: return end(nil)
        case .connecting, .greeting: failures += 1
        case .restoring, .live: break
        }
        putBack()
        guard !error.isFinal, wasWelcomed || options.retriesFirst, failures < options.maximumAttempts ?? .max else {
            return end(error)
        }
        let delay = options.backoff.delay(afterFailures: failures, using: &random)
        phase = .waiting(until: now + delay)
        tell(.state(.waiting(delay, because: error)))
    }

    /// Time has passed.
    mutating func tick(at now: Duration) {
        guard let deadline, deadline <= now else { return }
        switch phase {
        case .connecting, .over: break
        case .waiting:
            phase = .connecting
            tell(.state(.connecting))
        case .leaving: end(nil)
        case .greeting, .restoring, .live:
            if pulse.isAsking {
                lost(.silent(endpoint), at: now)
            } else {
                pulse.asked(at: now)
                send(.ping, as: .keepAlive)
            }
        }
    }

    /// Whether our user leaves what has come unread, so that nothing is taken from the connection.
    mutating func stalled(_ isStalled: Bool, at now: Duration) {
        pulse.isStalled = isStalled
        if !isStalled { pulse.heard(at: now) }
    }

    // MARK: Saying what is to be done

    mutating func tell(_ event: ChatEvent) { outputs.append(.tell(event)) }

    mutating func complete(_ number: RequestNumber, _ outcome: Outcome) { outputs.append(.complete(number, outcome)) }

    mutating func send(_ operation: StructuredRequest.Operation, as purpose: InFlight.Purpose) {
        lastReference += 1
        let reference = String(lastReference)
        inFlight.append(InFlight(reference: reference, purpose: purpose))
        outputs.append(.send(StructuredRequest(operation, ref: reference)))
    }
}

import ChatCore
import ChatWire

/// Tells the calls of our user apart.
typealias RequestNumber = UInt64

/// A room that we are in, and how far we have seen it.
struct Place: Sendable {
    let room: RoomName
    var epoch: Epoch
    /// What is not above it we have seen, or did not ask for.
    var seen: UInt64

    /// From where to go on.
    var start: Entry.Start { .after(seen, of: epoch) }
}

/// A room that is to be entered: by our user's wish, or again.
struct Entering: Sendable {
    let room: RoomName
    /// What our user asked for; nil: we go on where we were.
    var wish: Entry?
    /// nil: nobody waits for it.
    var number: RequestNumber?
}

/// Something to be said once.
struct Say: Sendable {
    let number: RequestNumber
    let room: RoomName
    let text: CleanText
    let isAction: Bool
    let id: MessageID?
    /// Whether it was sent on this connection.
    var isSent = false
    /// When it was sent first, on whatever connection.
    var firstSent: Duration?
    /// Nobody waits for it any more.
    var isAbandoned = false
}

/// A request that was sent on this connection, and what its answer is for.
struct InFlight: Sendable {
    enum Purpose: Sendable {
        case keepAlive, bye
        /// The name of before, which somebody new has to take again.
        case name(Nickname)
        /// `shows`: with the secret of before.
        case enter(Entering, shows: Bool)
        case say(RequestNumber)
        case ask(RequestNumber?, StructuredRequest.Operation)
    }

    let reference: String
    var purpose: Purpose

    /// Who waits for the answer, but for what is said.
    var number: RequestNumber? {
        switch purpose {
        case .enter(let entering, _): entering.number
        case .ask(let number, _): number
        case .keepAlive, .bye, .name, .say: nil
        }
    }
}

/// Who we are to the server, from connection to connection.
struct ClientIdentity: Sendable {
    /// Whoever shows it is the member that we have been.
    private(set) var secret: SessionSecret?
    /// That of this connection.
    private var newest: SessionSecret?
    /// Whether the next to be entered is entered with the secret, because this connection is not that member's yet.
    private(set) var hasToShow = false
    /// What we want to be called: by our user's last wish that was granted.
    var name: Nickname?

    mutating func welcomed(_ welcome: StructuredWelcome) {
        newest = welcome.session
        hasToShow = secret != nil
        if secret == nil { secret = newest }
    }

    /// - Returns: what to show now, if anything.
    mutating func show() -> SessionSecret? {
        guard hasToShow else { return nil }
        hasToShow = false
        return secret
    }

    /// The room was not entered, so it has to be shown again.
    mutating func notShown() { hasToShow = true }

    mutating func shown(isResumed: Bool) {
        if !isResumed { secret = newest }
    }
}

/// Whether the server is still there: when nothing comes it is asked, and when it does not answer it is lost.
struct Pulse: Sendable {
    private var last = Duration.zero
    private var asked: Duration?
    /// We are not listening, so silence means nothing.
    var isStalled = false

    var isAsking: Bool { asked != nil }

    mutating func heard(at now: Duration) {
        last = now
        asked = nil
    }

    mutating func asked(at now: Duration) { asked = now }

    func deadline(_ options: ClientOptions) -> Duration? {
        isStalled ? nil : asked.map { $0 + options.lostAfter } ?? (last + options.pingAfter)
    }
}

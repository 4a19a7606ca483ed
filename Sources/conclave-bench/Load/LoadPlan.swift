/// What a load does, as a value.
struct LoadPlan: Equatable, Sendable {
    enum Activity: Equatable, Sendable {
        /// Say something, and count who hears it.
        case talk
        /// Nothing.
        case idle
        /// Come one after the other, and leave again.
        /// - Parameter waitsForWelcome: each waits for a first line before it leaves.
        case visits(waitsForWelcome: Bool)
    }

    enum Pace: Equatable, Sendable {
        /// As fast as the receivers keep up: so many messages are on their way, and each sender says `burst` at once.
        case closed(Window, burst: Int)
        /// So many messages a second, however the receivers do.
        case open(rate: Double)
    }

    enum Length: Equatable, Sendable {
        /// In seconds. Nothing is measured in the warm-up.
        case time(warmup: Double, duration: Double)
        /// Exactly so many, and all that come of them.
        case messages(Int)
    }

    var activity = Activity.talk
    /// Clients that listen; with visits, how many come.
    var clients = 100
    /// How many of them speak.
    var senders = 1
    /// Further clients that enter and then never read.
    var stopped = 0
    /// Bytes of a message, its line end not counted.
    var size = 64
    var pace = Pace.closed(Window(size: 64), burst: 1)
    var length = Length.time(warmup: 1, duration: 5)
    /// Handshakes at a time.
    var handshakesInFlight = 64
    /// For how long nothing may come until all is said to be quiet, in seconds.
    var settle = 0.3

    /// How long nothing may happen before it is given up, in seconds. Long, because a server under an instrument may
    /// be a hundred times slower.
    static let patience = 150.0
}

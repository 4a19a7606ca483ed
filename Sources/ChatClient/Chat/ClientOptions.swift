/// What a client does when it is not told anything else.
public struct ClientOptions: Sendable {
    /// How many messages may be on their way and not acknowledged; who says more waits.
    public var window = 32
    /// How many events may wait for who reads them; then nothing more is taken from the connection.
    public var eventBuffer = 256
    /// How long to wait before each attempt to connect again.
    public var backoff = Backoff()
    /// How many attempts in a row may fail before the client gives up; nil: any number.
    public var maximumAttempts: Int?
    /// Whether the first connection is tried again too. If not, connecting throws what is wrong with it.
    public var retriesFirst = false
    /// After so long a silence the server is asked whether it is there.
    public var pingAfter = Duration.seconds(30)
    /// If it does not answer for so long, the connection is lost.
    public var lostAfter = Duration.seconds(15)
    /// How long to wait for the server's goodbye.
    public var goodbye = Duration.seconds(5)
    /// What comes in is looked at no more often than that: where much comes in small pieces it costs less, and an answer
    /// may come so much later. What comes after a silence does not wait.
    public var readInterval = Duration.zero
    /// How long the server surely knows a message again by its id. What was sent before that is not sent again.
    public var resendWithin = Duration.seconds(9 * 60)

    /// What the time is taken from.
    public var clock: any Clock<Duration> = ContinuousClock()
    /// Where the waits and the ids of messages come from. Nobody may be able to guess them.
    public var random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()

    public init() {}
}

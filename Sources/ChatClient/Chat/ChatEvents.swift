/// What a client's user is told, for one reader; if there are several, each event goes to one of them.
///
/// Events are read from the same stream as answers: as long as too many of them wait here, nothing is taken from the
/// connection, and the answers behind them wait too; who waits for an answer between two events gets it, unless very many
/// come before it: then the request fails as ``RequestError/unread``. It ends after ``ConnectionState/failed(_:)`` or
/// ``ConnectionState/closed``, or when the task that reads is cancelled.
public struct ChatEvents: AsyncSequence, Sendable {
    public typealias Element = ChatEvent
    public typealias Failure = Never

    /// Held, so that the client lives as long as somebody reads.
    let client: ChatClient

    public func makeAsyncIterator() -> Iterator { Iterator(client: client) }

    public struct Iterator: AsyncIteratorProtocol {
        let client: ChatClient

        public mutating func next() async -> ChatEvent? { await client.core.nextEvents(most: 1).first }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> ChatEvent? {
            await client.core.nextEvents(most: 1).first
        }

        /// All events that wait to be read, in order, but not more than `most`; if there is none it waits for one. For who
        /// does something once for several of them, such as drawing a screen.
        /// - Returns: at least one; nil where ``next()`` is.
        public nonisolated(nonsending) mutating func nextBatch(most: Int = 256) async -> [ChatEvent]? {
            let events = await client.core.nextEvents(most: most)
            return events.isEmpty ? nil : events
        }
    }
}

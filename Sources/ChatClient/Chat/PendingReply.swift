public import ChatWire

/// A request that was made, and whose answer may come later.
public struct PendingReply: Sendable {
    let core: ClientCore
    let number: RequestNumber

    /// Waits for the answer. To be asked once, and not left out: what is not asked for is kept.
    public func reply() async throws(RequestError) -> StructuredReply {
        try await core.outcome(of: number).get()
    }

    func result() async -> Result<StructuredReply, RequestError> {
        await core.outcome(of: number)
    }

    /// The same, of something said: its number in the room.
    public func sequence() async throws(RequestError) -> UInt64 {
        guard case .said(let sequence, _) = try await reply() else { throw .notUnderstood }
        return sequence
    }
}

extension ChatClient {
    /// Makes a request without waiting for its answer. Requests are done in the order in which they were made.
    ///
    /// Nothing but the caller bounds how many are made before they are answered.
    /// - Parameter operation: something to be said gets an id if it has none.
    public func begin(_ operation: StructuredRequest.Operation) -> PendingReply {
        var operation = operation
        if case .say(let room, let text, let isAction, nil) = operation {
            operation = .say(room, text, isAction: isAction, id: core.newMessageID())
        }
        return PendingReply(core: core, number: core.begin(operation))
    }
}

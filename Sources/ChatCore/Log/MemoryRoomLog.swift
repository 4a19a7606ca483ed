/// A log that keeps nothing beyond what is remembered of recent events, and promises nothing beyond the life of the process.
public final class MemoryRoomLog: RoomLog {
    public let retention: Retention

    /// - Parameter recent: how much is remembered.
    public init(_ recent: RecentEvents.Limits) {
        retention = recent.messages > 0 ? .inMemory(messages: recent.messages, bytes: recent.bytes) : .nothing
    }

    public func append(_ batch: LogBatch, completion: @escaping @Sendable (Result<Void, LogFailure>) -> Void) {
        completion(.success(()))
    }

    public func note(_ member: MemberID) {}

    public func fetch(_ question: LogQuestion, completion: @escaping @Sendable (Result<[Event], LogFailure>) -> Void) {
        completion(.success([]))
    }

    public func close() async {}
}

internal import DequeModule
public import ChatWire

/// Requests that are under way, whose answers are dealt with as they come, in order, and no more than so many at a time.
public actor ReplyQueue {
    public typealias Answer = @Sendable (Result<StructuredReply, RequestError>) async -> Void

    private let most: Int
    private var tasks = Deque<Task<Void, Never>>()

    public init(most: Int) {
        self.most = max(1, most)
    }

    /// Adds a request, and waits while there are too many.
    /// - Parameter answer: is given its answer, after those of the requests before have been.
    public func add(_ request: PendingReply, _ answer: @escaping Answer) async {
        let before = tasks.last
        tasks.append(
            Task {
                let result = await request.result()
                await before?.value
                await answer(result)
            }
        )
        while tasks.count >= most { await tasks.popFirst()?.value }
    }

    /// Waits until all have been answered.
    public func drain() async {
        while let task = tasks.popFirst() { await task.value }
    }
}

import ChatCore

/// A log that commits and answers when it is told to, like a disk that takes its time, and fails when it is told to.
final class ManualLog: RoomLog, @unchecked Sendable {  // tests use it on one thread
    let retention: Retention
    /// How many events there were in each batch that it was given.
    private(set) var batches: [Int] = []
    /// What it has taken.
    private(set) var taken: [LogBatch] = []
    /// The last number of a member that was given without it.
    private(set) var noted: MemberID?
    /// What it says to all that it is asked, if anything.
    var failure: LogFailure?

    /// It answers before the question has come back.
    var isPrompt = false

    private let kept = RecentEvents(RecentEvents.Limits(messages: .max, bytes: .max), isAll: true)
    private var commits: [() -> Void] = []
    private var answers: [() -> Void] = []

    init(_ retention: Retention = .inMemory(messages: 1000, bytes: 64 * 1024 * 1024)) {
        self.retention = retention
    }

    /// How many questions wait for an answer.
    var asked: Int { answers.count }

    func append(_ batch: LogBatch, completion: @escaping @Sendable (Result<Void, LogFailure>) -> Void) {
        batches.append(batch.events.count)
        commits.append { [self] in
            if let failure { return completion(.failure(failure)) }
            taken.append(batch)
            kept.append(batch.events)
            completion(.success(()))
        }
    }

    func note(_ member: MemberID) { noted = member }

    func fetch(_ question: LogQuestion, completion: @escaping @Sendable (Result<[Event], LogFailure>) -> Void) {
        answers.append { [self] in
            if let failure { return completion(.failure(failure)) }
            completion(.success(kept.recall(question) ?? []))
        }
        if isPrompt { answer() }
    }

    func close() async {}

    func commit() {
        let due = commits
        commits = []
        for commit in due { commit() }
    }

    func answer() {
        let due = answers
        answers = []
        for answer in due { answer() }
    }
}

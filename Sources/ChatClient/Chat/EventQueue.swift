import NIOCore

/// Events that wait for who reads them, and those who wait for events or for room.
struct EventQueue {
    /// Gets some events, or none if there will be none.
    typealias Reader = CheckedContinuation<[ChatEvent], Never>
    typealias Writer = CheckedContinuation<Void, Never>

    let capacity: Int
    private var events = CircularBuffer<ChatEvent>()
    private var readers: [(number: RequestNumber, reader: Reader, most: Int)] = []
    private var writers: [(number: RequestNumber, writer: Writer)] = []
    private var isOver = false

    init(capacity: Int) { self.capacity = max(capacity, 1) }

    var count: Int { events.count }

    var isFull: Bool { count >= capacity }

    mutating func append(_ event: ChatEvent) {
        // While nothing is read, a client that connects again and again must not fill the memory with saying so.
        if isFull, case .state = event, case .state = events.last { events.removeLast() }
        events.append(event)
    }

    /// Gives what was appended to those who wait for it.
    /// - Returns: who is to be woken, and with what.
    mutating func handOut() -> [(reader: Reader, events: [ChatEvent])] {
        var given: [(reader: Reader, events: [ChatEvent])] = []
        while let first = readers.first, let events = take(first.most) {
            readers.removeFirst()
            given.append((first.reader, events))
        }
        return given
    }

    /// - Returns: the first events there are, but not more than `most`; none if there will be none; nil if whoever wants
    ///   them has to wait.
    mutating func take(_ most: Int) -> [ChatEvent]? {
        guard !events.isEmpty else { return isOver ? [] : nil }
        let taken = Array(events.prefix(max(1, most)))
        events.removeFirst(taken.count)
        return taken
    }

    /// - Returns: as ``take(_:)``; if nil, the reader waits.
    mutating func take(_ most: Int, _ reader: Reader, _ number: RequestNumber) -> [ChatEvent]? {
        if let events = take(most) { return events }
        readers.append((number, reader, most))
        return nil
    }

    /// - Returns: whether there is room; if not, the writer waits.
    mutating func hasRoom(_ writer: Writer, _ number: RequestNumber) -> Bool {
        guard isFull else { return true }
        writers.append((number, writer))
        return false
    }

    /// - Returns: the writers that need not wait any more.
    mutating func takeWriters() -> [Writer] {
        guard !writers.isEmpty, events.count <= capacity / 2 else { return [] }
        defer { writers = [] }
        return writers.map(\.writer)
    }

    /// - Returns: the writers, who need not wait though nothing was read.
    mutating func releaseWriters() -> [Writer] {
        defer { writers = [] }
        return writers.map(\.writer)
    }

    mutating func cancelReader(_ number: RequestNumber) -> Reader? {
        readers.firstIndex { $0.number == number }.map { readers.remove(at: $0).reader }
    }

    mutating func cancelWriter(_ number: RequestNumber) -> Writer? {
        writers.firstIndex { $0.number == number }.map { writers.remove(at: $0).writer }
    }

    /// - Returns: the readers, for whom there is nothing more.
    mutating func finish() -> [Reader] {
        isOver = true
        defer { readers = [] }
        return readers.map(\.reader)
    }
}

import ChatCore
import Testing

@testable import ChatClient

/// What waits for who reads it.
@Suite struct EventQueueTests {
    private func queue(_ capacity: Int, holding sequences: ClosedRange<UInt64>) -> EventQueue {
        var queue = EventQueue(capacity: capacity)
        for sequence in sequences { queue.append(.room(Talk.event(sequence))) }
        return queue
    }

    private func events(_ sequences: ClosedRange<UInt64>) -> [ChatEvent] { sequences.map { .room(Talk.event($0)) } }

    @Test func `states that nobody reads do not pile up`() {
        var queue = EventQueue(capacity: 3)
        for _ in 0..<100 {
            queue.append(.state(.connecting))
            queue.append(.state(.waiting(.seconds(1), because: .refused(Talk.endpoint))))
        }
        #expect(queue.count == 3)
        #expect(queue.isFull)
    }

    @Test func `nothing else is ever dropped`() {
        var queue = queue(2, holding: 1...5)
        queue.append(.state(.connecting))
        queue.append(.state(.connected))
        #expect(queue.count == 6)
    }

    @Test func `what waits is taken together, in order, and no more than is wanted`() {
        var queue = queue(9, holding: 1...5)
        #expect(queue.take(1) == events(1...1))
        #expect(queue.take(3) == events(2...4))
        #expect(queue.take(3) == events(5...5))
        #expect(queue.take(3) == nil)
        #expect(queue.finish().isEmpty)
        #expect(queue.take(3) == [])
    }

    @Test func `those who wait are given what has come, the first of them first`() async {
        var first: Task<[ChatEvent], Never>?
        var queue = EventQueue(capacity: 9)
        for most in [2, 1, 9] {
            let (readers, reader) = AsyncStream<EventQueue.Reader>.makeStream()
            let task = Task { await withCheckedContinuation { reader.yield($0) } }
            first = first ?? task
            for await reader in readers {
                #expect(queue.take(most, reader, RequestNumber(most)) == nil)
                break
            }
        }
        #expect(queue.handOut().isEmpty)
        for sequence: UInt64 in 1...4 { queue.append(.room(Talk.event(sequence))) }
        let given = queue.handOut()
        #expect(given.map(\.events) == [events(1...2), events(3...3), events(4...4)])
        for (reader, events) in given { reader.resume(returning: events) }
        #expect(await first?.value == events(1...2))
        #expect(queue.count == 0)
    }
}

import ChatCore
import Testing

@testable import ChatClient

/// What waits for who reads it.
@Suite struct EventQueueTests {
    @Test func `states that nobody reads do not pile up`() {
        var queue = EventQueue(capacity: 3)
        for _ in 0..<100 {
            #expect(queue.append(.state(.connecting)) == nil)
            #expect(queue.append(.state(.waiting(.seconds(1), because: .refused(Talk.endpoint)))) == nil)
        }
        #expect(queue.count == 3)
        #expect(queue.isFull)
    }

    @Test func `nothing else is ever dropped`() {
        var queue = EventQueue(capacity: 2)
        for sequence: UInt64 in 1...5 { #expect(queue.append(.room(Talk.event(sequence))) == nil) }
        #expect(queue.append(.state(.connecting)) == nil)
        #expect(queue.append(.state(.connected)) == nil)
        #expect(queue.count == 6)
    }
}

/// The memory of all feeds on one event loop: what a quiet room does not need a busy one fills again, and however many
/// rooms there are, what slow readers make them hold has an end.
struct SegmentPool {
    private var spare: [FeedSegment] = []
    /// How many bytes the feeds hold.
    private var held = 0
    private let most: Int

    /// How many are kept to be filled again.
    private static let mostSpare = 8

    /// - Parameter bytes: what all feeds together may hold before each keeps only its newest.
    init(bytes: Int) {
        most = bytes
    }

    /// Whether the feeds hold so much that none should keep more than it must.
    var isStrained: Bool { held > most }

    /// An empty segment whose first line will be number `line`.
    mutating func take(at line: UInt64) -> FeedSegment {
        guard var segment = spare.popLast() else { return FeedSegment(first: line) }
        segment.restart(at: line)
        return segment
    }

    /// So many bytes more are held.
    mutating func hold(_ bytes: Int) {
        held += bytes
    }

    /// Takes back what ``take(at:)`` gave.
    mutating func give(_ segment: consuming FeedSegment) {
        held -= segment.count
        guard spare.count < Self.mostSpare else { return }
        segment.restart(at: 0)
        spare.append(segment)
    }
}

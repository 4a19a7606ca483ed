/// Who has heard what: one count for each receiver and sender, from the sequence numbers alone.
///
/// A sender numbers its messages from 1. A number that skips some makes those missing; should one of them come after
/// all it was out of order, and one that comes again is doubled. The last 64 numbers are remembered one by one.
struct Tally {
    private struct Heard {
        var last: UInt32 = 0
        /// Bit n: number `last - n` has come.
        var recent: UInt64 = .max
    }

    /// What has come, not counting what came twice.
    private(set) var delivered = 0
    /// What was skipped and has not come since.
    private(set) var missing = 0
    private(set) var outOfOrder = 0
    private(set) var doubled = 0

    private let senders: Int
    private var heard: [Heard]

    init(receivers: Int, senders: Int) {
        self.senders = senders
        heard = Array(repeating: Heard(), count: receivers * senders)
    }

    /// Deliveries that nobody waits for any more.
    var settled: Int { delivered + missing }

    /// Notes that a receiver has got a message. One from a sender that is not ours is ignored.
    @inline(__always)
    mutating func note(receiver: Int, sender: Int, sequence: UInt32) {
        guard sender < senders else { return }
        let index = receiver * senders + sender
        if sequence == heard[index].last &+ 1 {
            heard[index].last = sequence
            heard[index].recent = heard[index].recent << 1 | 1
            delivered += 1
        } else {
            noteUnexpected(index, sequence)
        }
    }

    /// How many messages of `sent`, one count for each sender, this receiver has neither got nor skipped.
    func outstanding(of receiver: Int, sent: [UInt32]) -> Int {
        sent.indices.reduce(0) { $0 + Int(sent[$1]) - Int(min(sent[$1], heard[receiver * senders + $1].last)) }
    }

    @inline(never)
    private mutating func noteUnexpected(_ index: Int, _ sequence: UInt32) {
        var heard = heard[index]
        defer { self.heard[index] = heard }
        if sequence > heard.last {
            let step = sequence - heard.last
            missing += Int(step) - 1
            delivered += 1
            heard.recent = (step < 64 ? heard.recent << UInt64(step) : 0) | 1
            heard.last = sequence
            return
        }
        let age = UInt64(heard.last - sequence)
        guard age < 64, heard.recent & (1 << age) == 0 else {
            doubled += 1
            return
        }
        heard.recent |= 1 << age
        outOfOrder += 1
        missing -= 1
        delivered += 1
    }
}

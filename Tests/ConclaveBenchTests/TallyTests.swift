import TestKit
import Testing

@testable import conclave_bench

@Suite struct TallyTests {
    private func tally(hearing sequences: [UInt32]) -> Tally {
        var tally = Tally(receivers: 1, senders: 1)
        for sequence in sequences { tally.note(receiver: 0, sender: 0, sequence: sequence) }
        return tally
    }

    @Test(
        arguments: [
            ([], 0, 0, 0, 0),
            ([1, 2, 3], 3, 0, 0, 0),
            ([1, 3], 2, 1, 0, 0),
            ([2], 1, 1, 0, 0),
            ([1, 1], 1, 0, 0, 1),
            ([1, 3, 2], 3, 0, 1, 0),
            ([1, 3, 2, 2, 3], 3, 0, 1, 2),
            ([1, 5, 2, 4, 3, 6], 6, 0, 3, 0),
            ([1, 66, 2, 3], 3, 63, 1, 1),  // 2 is too long ago to know, 3 is not
            ([100, 300], 2, 298, 0, 0),
            ([0], 0, 0, 0, 1),
        ] as [([UInt32], Int, Int, Int, Int)]
    )
    func `it tells what is missing, late and doubled`(
        sequences: [UInt32],
        delivered: Int,
        missing: Int,
        outOfOrder: Int,
        doubled: Int
    ) {
        let tally = tally(hearing: sequences)
        #expect(tally.delivered == delivered)
        #expect(tally.missing == missing)
        #expect(tally.outOfOrder == outOfOrder)
        #expect(tally.doubled == doubled)
        #expect(tally.settled == delivered + missing)
    }

    @Test func `receivers and senders do not mix`() {
        var tally = Tally(receivers: 2, senders: 2)
        for receiver in 0..<2 {
            for sender in 0..<2 { tally.note(receiver: receiver, sender: sender, sequence: 1) }
        }
        tally.note(receiver: 0, sender: 2, sequence: 1)
        #expect(tally.delivered == 4)
        #expect(tally.missing + tally.outOfOrder + tally.doubled == 0)
    }

    @Test func `outstanding is what a receiver has neither got nor skipped`() {
        var tally = Tally(receivers: 2, senders: 2)
        tally.note(receiver: 1, sender: 0, sequence: 3)
        tally.note(receiver: 1, sender: 1, sequence: 1)
        #expect(tally.outstanding(of: 0, sent: [4, 1]) == 5)
        #expect(tally.outstanding(of: 1, sent: [4, 1]) == 1)
    }

    @Test(arguments: SeededGenerator.seeds(50))
    func `in any order, with losses and doubles, the sums are right`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Each number strays by less than the tally remembers.
        var sequences: [UInt32] = (1...200).filter { _ in !random.once(in: 5) }
        let distinct = sequences.count
        sequences += sequences.filter { _ in random.once(in: 10) }
        let places = sequences.map { ($0, Int($0) + Int.random(in: 0..<30, using: &random)) }
        let heard = places.sorted { $0.1 < $1.1 }.map(\.0)
        let tally = tally(hearing: heard)
        #expect(tally.delivered == distinct)
        #expect(tally.doubled == sequences.count - distinct)
        #expect(tally.missing == Int(sequences.max() ?? 0) - distinct)
    }
}

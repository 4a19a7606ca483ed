import ArgumentParser
import FoundationEssentials
import Testing

@testable import conclave_bench

@Suite struct TableTests {
    @Test(
        arguments: [
            (.ratioAtLeast(0.85), 85, 100, true),
            (.ratioAtLeast(0.85), 84, 100, false),
            (.ratioAtMost(1.2), 120, 100, true),
            (.ratioAtMost(1.2), 121, 100, false),
            (.ratioAtMost(1.2), 1, 0, nil),
            (.ratioAtMost(1.2), nil, 100, nil),
            (.ratioAtMost(1.2), 1, nil, nil),
            (.atMost(20), 20, nil, true),
            (.atMost(20), 20.1, 1, false),
            (.atMost(20), nil, nil, nil),
        ] as [(Target, Double?, Double?, Bool?)]
    )
    func `a target is met, missed, or cannot be judged`(
        target: Target,
        value: Double?,
        reference: Double?,
        isMet: Bool?
    ) {
        #expect(target.isMet(by: value, against: reference) == isMet)
    }

    @Test(
        arguments: [
            ([], nil), ([3], 3), ([1, 9, 2], 2), ([4, 1, 3, 2], 2.5),
        ] as [([Double], Double?)]
    )
    func `the median is the middle one`(numbers: [Double], median: Double?) {
        #expect(Median.of(numbers) == median)
    }

    @Test(arguments: [("0-1", [0, 1]), ("3", [3]), ("0-2,5", [0, 1, 2, 5]), ("", []), ("2-1", [])])
    func `the kernel's list of processors is understood`(list: String, processors: [Int]) {
        #expect(Machine.processors(in: list) == processors)
    }

    @Test func `columns line up, numbers to the right`() {
        let text = Columns.text([["a", "1", "x"], ["bb", "10", ""]], rightAligned: [1])
        #expect(text == "a    1  x\nbb  10")
    }

    /// A server whose speed is the number of threads, and a floor that does 10.
    private static func report(of run: Row.Run) -> LoadReport {
        var talk = LoadReport.Talk()
        switch run.server {
        case .floor: talk.deliveriesPerSecond = 10
        case .conclaved(let threads, _): talk.deliveriesPerSecond = Double(threads)
        }
        var report = LoadReport()
        report.talk = talk
        return report
    }

    private static func run(of threads: Int) -> Row.Run { Row.Run(server: .conclaved(threads: threads), load: []) }

    private static let rows = [
        Row("a", "plain", [], [(.deliveriesPerSecond, .ratioAtLeast(0.1))]),
        Row("t", "threads", against: ("one", run(of: 1)), run(of: 4), [(.deliveriesPerSecond, nil)]),
        Row("i", "alone", against: nil, run(of: 9), mostRounds: 1, [(.deliveriesPerSecond, .atMost(8))]),
    ]

    @Test func `runs take turns, are made once a round, and as often as they may`() throws {
        var made: [Row.Server] = []
        let table = TableRun(rows: Self.rows, rounds: 3) {
            made.append($0.server)
            return Self.report(of: $0)
        } progress: { _ in
        }
        let lines = try table.run()
        func servers(_ threads: [Int]) -> [Row.Server] {
            threads.map { $0 == 0 ? .floor(isLone: false) : .conclaved(threads: $0) }
        }
        #expect(made == servers([0, 1, 4, 9]) + servers([1, 0, 4]) + servers([0, 1, 4]))
        #expect(lines.map(\.reference) == [10, 1, nil])
        #expect(lines.map(\.conclave) == [1, 4, 9])
        #expect(lines.map(\.ratio) == [0.1, 4, nil])
        #expect(lines.map(\.isMet) == [true, nil, false])
    }

    @Test func `the table goes out as JSON and comes back, and reads well`() throws {
        let table = TableRun(rows: Self.rows, rounds: 1, measure: Self.report) { _ in }
        let report = TableReport(lines: try table.run(), rounds: 1, pinning: nil, machine: .this)
        let json = try JSONText.of(report)
        #expect(try JSONDecoder().decode(TableReport.self, from: Data(json.utf8)) == report)

        let lines = report.text.split(separator: "\n")
        #expect(lines.count == 1 + 3 + 2)
        #expect(lines[1].hasPrefix("a  plain"))
        #expect(lines[1].hasSuffix("0.10  >= 0.10x  met"))
        #expect(lines[2].contains("threads, against one"))
        #expect(lines[3].hasSuffix("<= 8      MISSED"))
        #expect(lines[4].hasPrefix("one round; server and load on one processor"))
    }

    @Test func `the standard table has a letter for each row, and loads that load understands`() throws {
        let names = StandardTable.rows.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.count == 1 })
        for run in StandardTable.rows.flatMap({ [$0.reference, $0.candidate] }).compactMap({ $0 }) {
            _ = try LoadCommand.parse(["--connect", "127.0.0.1:1"] + run.load)
        }
    }
}

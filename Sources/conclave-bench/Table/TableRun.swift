/// The rows of a table, measured some times over.
struct TableRun {
    let rows: [Row]
    let rounds: Int
    /// Runs a load against a server.
    let measure: (Row.Run) throws -> LoadReport
    /// Is told what comes next.
    let progress: (String) -> Void

    /// In each round every run is made once, and from round to round reference and candidate change places: so nothing
    /// that changes with time favours one of them.
    /// - Returns: the medians over the rounds.
    func run() throws -> [TableReport.Line] {
        var measured: [Row.Run: [LoadReport]] = [:]
        for round in 0..<rounds {
            for row in rows where round < row.mostRounds {
                let pair = [row.reference, row.candidate].compactMap { $0 }
                for run in round.isMultiple(of: 2) ? pair : pair.reversed() {
                    // Rows may share a run.
                    guard measured[run, default: []].count <= round else { continue }
                    progress("round \(round + 1) of \(rounds), \(row.name): \(run.server)")
                    measured[run, default: []].append(try measure(run))
                }
            }
        }
        return rows.flatMap { row in
            row.questions.map { question in
                func median(_ run: Row.Run?) -> Double? {
                    Median.of(run.flatMap { measured[$0] }?.compactMap { question.metric.value(in: $0) } ?? [])
                }
                return TableReport.Line(row, question, reference: median(row.reference), median(row.candidate))
            }
        }
    }
}

enum Median {
    /// - Returns: nil for no numbers; of an even count the mean of the two in the middle.
    static func of(_ numbers: [Double]) -> Double? {
        guard !numbers.isEmpty else { return nil }
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}

extension Row.Server: CustomStringConvertible {
    var description: String {
        switch self {
        case .floor(let isLone): isLone ? "lone floor" : "floor"
        case .conclaved(let threads, let keeps):
            "conclaved" + (keeps ? "" : " in memory") + (threads == 1 ? "" : " with \(threads) threads")
        }
    }
}

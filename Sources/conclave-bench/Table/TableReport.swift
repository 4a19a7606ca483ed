/// What the table says.
struct TableReport: Codable, Equatable, Sendable {
    struct Line: Codable, Equatable, Sendable {
        /// The row's letter.
        var row: String
        var title: String
        var metric: Metric
        /// What the reference is.
        var against: String
        /// Medians; nil for what was not measured.
        var reference: Double?
        var conclave: Double?
        var ratio: Double?
        var target: String?
        var isMet: Bool?
    }

    var lines: [Line]
    var rounds: Int
    /// Nil where there was only one processor for all.
    var pinning: String?
    var machine: Machine

    /// The table for people.
    var text: String {
        var table = [["", "load", "what", "floor", "conclave", "ratio", "target", ""]]
        for line in lines {
            let isFloor = line.against == "floor"
            table.append([
                line.row,
                isFloor || line.reference == nil ? line.title : "\(line.title), against \(line.against)",
                line.metric.rawValue,
                line.reference == nil ? "" : Decimals.of(line.reference, line.metric.digits),
                Decimals.of(line.conclave, line.metric.digits),
                line.ratio == nil ? "" : Decimals.of(line.ratio, 2),
                line.target ?? "",
                line.target == nil ? "" : line.isMet.map { $0 ? "met" : "MISSED" } ?? "?",
            ])
        }
        let how = pinning ?? "server and load on one processor, not pinned: the numbers are of little use"
        let rounds = rounds == 1 ? "one round" : "medians of \(rounds) rounds"
        return Columns.text(table, rightAligned: [3, 4, 5]) + "\n\n\(rounds); \(how)\n\(machine.text)"
    }
}

extension TableReport.Line {
    init(_ row: Row, _ question: Row.Question, reference: Double?, _ value: Double?) {
        self.row = row.name
        title = row.title
        metric = question.metric
        against = row.referenceTitle ?? "floor"
        self.reference = reference
        conclave = value
        ratio = Target.ratio(of: value, to: reference)
        target = question.target?.text
        isMet = question.target.flatMap { $0.isMet(by: value, against: reference) }
    }
}

/// Text in columns.
enum Columns {
    /// - Parameter rightAligned: the columns of numbers.
    static func text(_ rows: [[String]], rightAligned: Set<Int>) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return rightAligned.contains(column) ? space + cell : cell + space
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}

/// The eight patterns that data may be turned with (ISO/IEC 18004, table 10).
enum QRMask: Int, CaseIterable {
    case chequered, rows, columns, diagonals, bricks, grid, lattice, weave

    func turns(_ column: Int, _ row: Int) -> Bool {
        switch self {
        case .chequered: (row + column) % 2 == 0
        case .rows: row % 2 == 0
        case .columns: column % 3 == 0
        case .diagonals: (row + column) % 3 == 0
        case .bricks: (row / 2 + column / 3) % 2 == 0
        case .grid: row * column % 2 + row * column % 3 == 0
        case .lattice: (row * column % 2 + row * column % 3) % 2 == 0
        case .weave: ((row + column) % 2 + row * column % 3) % 2 == 0
        }
    }
}

/// How hard a code is to read (ISO/IEC 18004, 7.8.3).
enum QRPenalty {
    static func of(_ canvas: QRCanvas) -> Int {
        let all = 0..<canvas.size
        let lines =
            all.map { row in all.map { canvas[$0, row] } } + all.map { column in all.map { canvas[column, $0] } }
        return lines.map { runs($0) + finders($0) }.reduce(0, +) + squares(canvas) + balance(canvas)
    }

    /// Five modules or more of one kind in a row.
    private static func runs(_ line: [Bool]) -> Int {
        var penalty = 0
        var length = 0
        for (place, module) in line.enumerated() {
            length = place > 0 && line[place - 1] == module ? length + 1 : 1
            if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
        }
        return penalty
    }

    /// What looks like a finder pattern: dark 1, light 1, dark 3, light 1, dark 1, with four light ones before or after it,
    /// where the edge counts as light.
    private static func finders(_ line: [Bool]) -> Int {
        let pattern = [true, false, true, true, true, false, true]
        guard line.count >= pattern.count else { return 0 }
        return (0...line.count - pattern.count).reduce(into: 0) { penalty, start in
            guard line[start..<start + pattern.count].elementsEqual(pattern) else { return }
            let before = line[max(0, start - 4)..<start]
            let after = line[(start + pattern.count)...].prefix(4)
            if !before.contains(true) || !after.contains(true) { penalty += 40 }
        }
    }

    /// Two by two of one kind.
    private static func squares(_ canvas: QRCanvas) -> Int {
        var penalty = 0
        for row in 1..<canvas.size {
            for column in 1..<canvas.size {
                let module = canvas[column, row]
                if canvas[column - 1, row] == module, canvas[column, row - 1] == module,
                    canvas[column - 1, row - 1] == module
                {
                    penalty += 3
                }
            }
        }
        return penalty
    }

    /// Ten for every five in the hundred that the dark ones are off one half.
    private static func balance(_ canvas: QRCanvas) -> Int {
        let all = canvas.dark.count
        return abs(canvas.dark.count { $0 } * 20 - all * 10) / all * 10
    }
}

/// The modules of a code while it is drawn: first all that is the same in every code of its version, then the data, then
/// the mask.
struct QRCanvas {
    let size: Int
    private(set) var dark: [Bool]
    /// Modules that are not data, and that no mask turns.
    private var isFixed: [Bool]

    /// Draws everything but data and format.
    init(_ version: QRVersion) {
        size = version.size
        dark = Array(repeating: false, count: size * size)
        isFixed = dark
        for place in 0..<size {
            fix(6, place, place % 2 == 0)
            fix(place, 6, place % 2 == 0)
        }
        for (column, row) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawFinder(column, row) }
        drawAlignment(version.alignment)
        drawVersion(version.number)
        // Keeps its place until the mask is known.
        drawFormat(0)
    }

    subscript(column: Int, row: Int) -> Bool { dark[row * size + column] }

    private mutating func fix(_ column: Int, _ row: Int, _ isDark: Bool) {
        guard (0..<size).contains(column), (0..<size).contains(row) else { return }
        dark[row * size + column] = isDark
        isFixed[row * size + column] = true
    }

    /// With the light separator around it.
    private mutating func drawFinder(_ column: Int, _ row: Int) {
        drawRings(column, row, radius: 4) { $0 != 2 && $0 != 4 }
    }

    private mutating func drawAlignment(_ places: [Int]) {
        guard let first = places.first, let last = places.last else { return }
        for column in places {
            for row in places {
                // Three corners have finder patterns.
                let corner = [(first, first), (first, last), (last, first)].contains { $0 == (column, row) }
                if !corner { drawRings(column, row, radius: 2) { $0 != 1 } }
            }
        }
    }

    private mutating func drawRings(_ column: Int, _ row: Int, radius: Int, isDark: (Int) -> Bool) {
        for y in -radius...radius {
            for x in -radius...radius { fix(column + x, row + y, isDark(max(abs(x), abs(y)))) }
        }
    }

    private mutating func drawVersion(_ number: Int) {
        guard number >= 7 else { return }
        let bits = number << 12 | Self.remainder(of: number, digits: 12, generator: 0x1F25)
        for place in 0..<18 {
            let bit = bits >> place & 1 == 1
            fix(size - 11 + place % 3, place / 3, bit)
            fix(place / 3, size - 11 + place % 3, bit)
        }
    }

    /// Level L and the mask, twice.
    private mutating func drawFormat(_ mask: Int) {
        let data = 0b01 << 3 | mask
        let bits = (data << 10 | Self.remainder(of: data, digits: 10, generator: 0x537)) ^ 0x5412
        for place in 0..<15 {
            let bit = bits >> place & 1 == 1
            // Around the finder pattern at the upper left, past the timing patterns.
            switch place {
            case 0..<6: fix(8, place, bit)
            case 6: fix(8, 7, bit)
            case 7: fix(8, 8, bit)
            case 8: fix(7, 8, bit)
            default: fix(14 - place, 8, bit)
            }
            // At the upper right and the lower left.
            if place < 8 { fix(size - 1 - place, 8, bit) } else { fix(8, size - 15 + place, bit) }
        }
        fix(8, size - 8, true)
    }

    /// What is left of `value`, moved up by `digits` bits, when the polynomial `generator` divides it.
    private static func remainder(of value: Int, digits: Int, generator: Int) -> Int {
        var remainder = value
        for _ in 0..<digits { remainder = remainder << 1 ^ (remainder >> (digits - 1) & 1) * generator }
        return remainder
    }
}

// MARK: Data

extension QRCanvas {
    /// Lays the bits of `codewords` into what is free, from the lower right in columns of two, up and down in turn.
    mutating func place(_ codewords: [UInt8]) {
        var bits: ArraySlice<Bool> = codewords.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 == 1 } }[...]
        var upwards = true
        var right = size - 1
        while right > 0 {
            if right == 6 { right -= 1 }  // the timing pattern has this column to itself
            for step in 0..<size {
                let row = upwards ? size - 1 - step : step
                for column in [right, right - 1] where !isFixed[row * size + column] {
                    dark[row * size + column] = bits.popFirst() ?? false
                }
            }
            upwards.toggle()
            right -= 2
        }
    }

    /// The finished code, with the data turned by `mask`.
    func masked(by mask: QRMask) -> QRCanvas {
        var canvas = self
        for row in 0..<size {
            for column in 0..<size where !isFixed[row * size + column] && mask.turns(column, row) {
                canvas.dark[row * size + column].toggle()
            }
        }
        canvas.drawFormat(mask.rawValue)
        return canvas
    }
}

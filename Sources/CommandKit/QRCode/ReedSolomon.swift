/// The error correction of QR codes: Reed-Solomon over the field of 256 elements with x^8 + x^4 + x^3 + x^2 + 1.
struct ReedSolomon {
    /// The coefficients of the generator polynomial, the highest first, without that of the highest power, which is 1.
    private let generator: [UInt8]

    /// - Parameter count: how many bytes of error correction there are to be, at least 1.
    init(count: Int) {
        // (x - 1)(x - 2)(x - 4)…, one factor more each time; in this field minus is plus.
        var product = [UInt8](repeating: 0, count: count - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<count {
            for place in product.indices {
                product[place] = Self.product(product[place], root)
                if place + 1 < count { product[place] ^= product[place + 1] }
            }
            root = Self.product(root, 2)
        }
        generator = product
    }

    /// What is left of `data`, moved up by as many bytes as there are of error correction, when the generator divides it.
    func remainder(of data: [UInt8]) -> [UInt8] {
        var remainder = [UInt8](repeating: 0, count: generator.count)
        for byte in data {
            let factor = byte ^ remainder.removeFirst()
            remainder.append(0)
            for place in generator.indices { remainder[place] ^= Self.product(generator[place], factor) }
        }
        return remainder
    }

    /// Multiplies in the field.
    static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var product: UInt8 = 0
        for bit in (0..<8).reversed() {
            product = product << 1 ^ (product >> 7) &* 0x1D
            if right >> UInt8(bit) & 1 == 1 { product ^= left }
        }
        return product
    }
}

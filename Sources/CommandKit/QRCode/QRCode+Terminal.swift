extension QRCode {
    /// How a code is drawn.
    public enum Style: Sendable {
        /// Black on white, whatever colours the terminal has (256 colours).
        case coloured
        /// Without escape sequences: right where text is light on dark; on paper, many cameras take it all the same.
        case plain
    }

    /// Modules of light that a camera needs around the code.
    public static let quietZone = 4

    /// How many columns a line of ``lines(_:)`` takes.
    public var columns: Int { size + 2 * Self.quietZone }

    /// The code with its quiet zone, two rows of modules to a line.
    public func lines(_ style: Style) -> [String] {
        let places = -Self.quietZone..<size + Self.quietZone
        return stride(from: places.lowerBound, to: places.upperBound, by: 2).map { row in
            let blocks = String(places.map { Self.block(self[$0, row], self[$0, row + 1], style) })
            switch style {
            // 16 and 231 are the black and white that themes leave alone.
            case .coloured: return "\u{1B}[38;5;16;48;5;231m\(blocks)\u{1B}[0m"
            case .plain: return blocks
            }
        }
    }

    private static func block(_ upper: Bool, _ lower: Bool, _ style: Style) -> Character {
        // Where nothing is said of colours, ink is what is light.
        let inked = style == .coloured ? (upper, lower) : (!upper, !lower)
        return switch inked {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): " "
        }
    }
}

/// A text as a square of dark and light modules for a camera: a QR code (ISO/IEC 18004), model 2, versions 1 to 20, in byte
/// mode with error correction of level L, because a screen has no scratches and a smaller code fits more terminals.
public struct QRCode: Sendable, Equatable {
    /// How many modules there are on each side, without the quiet zone around them: 21 to 97.
    public let size: Int

    private let dark: [Bool]

    /// The longest text that there is a code for, in bytes of UTF-8.
    public static let longest = QRVersion.largest.longestText

    /// - Returns: nil for a text of more than ``longest`` bytes.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.smallest(for: bytes.count) else { return nil }
        var canvas = QRCanvas(version)
        canvas.place(version.codewords(of: bytes))
        let masked = QRMask.allCases.map { canvas.masked(by: $0) }
        // Any mask gives a code that can be read; the one with the fewest oddities is read most easily.
        guard let best = masked.min(by: { QRPenalty.of($0) < QRPenalty.of($1) }) else { return nil }
        size = best.size
        dark = best.dark
    }

    /// Whether the module is dark; outside of the code all are light.
    public subscript(column: Int, row: Int) -> Bool {
        (0..<size).contains(column) && (0..<size).contains(row) && dark[row * size + column]
    }
}

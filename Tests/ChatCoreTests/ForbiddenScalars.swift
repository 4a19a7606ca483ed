import ChatCore

/// What becomes of the scalars that may not pass as they are, written down a second time, by name, so that a slip in
/// the first is seen.
struct TableRow: Sendable, CustomStringConvertible {
    let name: String
    let scalar: Unicode.Scalar
    let becomes: String

    var description: String { "\(name) U+\(String(scalar.value, radix: 16, uppercase: true))" }

    static let all: [TableRow] = replaced + removed + [TableRow("tab", 0x09, becomes: " ")]
    static let byValue = Dictionary(uniqueKeysWithValues: all.map { ($0.scalar, $0.becomes) })

    private static let replaced: [TableRow] =
        zip(controls0, 0x00...).filter { $0.0 != "HT" }.map { TableRow($0, $1) }
        + zip(controls1, 0x80...).map { TableRow($0, $1) }
        + [
            TableRow("DEL", 0x7F),
            TableRow("line separator", 0x2028),
            TableRow("paragraph separator", 0x2029),
            TableRow("left-to-right embedding", 0x202A),
            TableRow("right-to-left embedding", 0x202B),
            TableRow("pop directional formatting", 0x202C),
            TableRow("left-to-right override", 0x202D),
            TableRow("right-to-left override", 0x202E),
            TableRow("left-to-right isolate", 0x2066),
            TableRow("right-to-left isolate", 0x2067),
            TableRow("first strong isolate", 0x2068),
            TableRow("pop directional isolate", 0x2069),
            TableRow("left-to-right mark", 0x200E),
            TableRow("right-to-left mark", 0x200F),
            TableRow("Arabic letter mark", 0x061C),
        ]

    private static let removed = [
        TableRow("zero width space", 0x200B, becomes: ""),
        TableRow("word joiner", 0x2060, becomes: ""),
        TableRow("byte order mark", 0xFEFF, becomes: ""),
    ]

    private static let controls0 = [
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO", "SI",
        "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US",
    ]

    private static let controls1 = [
        "PAD", "HOP", "BPH", "NBH", "IND", "NEL", "SSA", "ESA", "HTS", "HTJ", "VTS", "PLD", "PLU", "RI", "SS2", "SS3",
        "DCS", "PU1", "PU2", "STS", "CCH", "MW", "SPA", "EPA", "SOS", "SGC", "SCI", "CSI", "ST", "OSC", "PM", "APC",
    ]

    private init(_ name: String, _ value: UInt32, becomes: String = "\u{FFFD}") {
        guard let scalar = Unicode.Scalar(value) else { preconditionFailure("\(value) is no scalar") }
        self.name = name
        self.scalar = scalar
        self.becomes = becomes
    }
}

extension String {
    /// Its scalars, because two strings are equal in Swift already when they look the same.
    var scalars: [Unicode.Scalar] { Array(unicodeScalars) }
}

extension CleanText {
    init(bytes: [UInt8]) {
        self.init(bytes.span.bytes)
    }
}

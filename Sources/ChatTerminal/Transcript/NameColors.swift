internal import ChatCore

/// The colour of each name: always the same for the same name, on every machine.
enum NameColors {
    /// Of the cube of 256 colours those of different hues that stand out from black and from white alike: each has a
    /// contrast (WCAG 2) of 3.6 or more to both, where 4.58 is the most there can be. No pure red, which means trouble.
    static let palette: [UInt8] = [130, 100, 64, 28, 30, 31, 27, 63, 98, 133, 163, 161]

    static func color(of label: String) -> Style.Color {
        // FNV-1a: Swift's own hash is another one at each start.
        var hash: UInt32 = 0x811C_9DC5
        for byte in label.lowercased().utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        hash ^= hash >> 15
        return Style.Color(palette[Int(hash % UInt32(palette.count))])
    }

    /// How a name looks. One's own is bold, and in the terminal's own colour.
    static func style(of author: Author, isOwn: Bool) -> Style {
        isOwn
            ? Style(bold: true, isolated: true)
            : Style(color(of: author.label), bold: true, isolated: true)
    }
}

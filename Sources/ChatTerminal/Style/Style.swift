/// How a piece of text looks at a terminal: SGR attributes of ECMA-48, 8.3.117.
public struct Style: Sendable, Hashable {
    /// A colour by its number. 0 to 7 are the colours of every terminal, 8 to 15 their bright ones, which people set up to
    /// be readable on their background; 16 to 231 are a cube of 6×6×6, and 232 to 255 greys.
    public struct Color: Sendable, Hashable {
        public let number: UInt8

        public init(_ number: UInt8) {
            self.number = number
        }

        public static let black = Color(0)
        public static let red = Color(1)
        public static let green = Color(2)
        public static let yellow = Color(3)
        public static let blue = Color(4)
        public static let magenta = Color(5)
        public static let cyan = Color(6)
        public static let white = Color(7)
    }

    /// `nil` is the terminal's own.
    public var foreground: Color?
    public var background: Color?
    public var isBold: Bool
    public var isDim: Bool
    public var isItalic: Bool
    public var isUnderlined: Bool
    public var isInverse: Bool
    /// Whether the piece keeps its direction to itself: a name of a script that runs from right to left then moves nothing
    /// that stands beside it. This is no attribute of SGR but FSI and PDI of Unicode (UAX #9), and only where it is needed.
    public var isIsolated: Bool

    public init(
        _ foreground: Color? = nil,
        on background: Color? = nil,
        bold: Bool = false,
        dim: Bool = false,
        italic: Bool = false,
        underlined: Bool = false,
        inverse: Bool = false,
        isolated: Bool = false
    ) {
        self.foreground = foreground
        self.background = background
        isBold = bold
        isDim = dim
        isItalic = italic
        isUnderlined = underlined
        isInverse = inverse
        isIsolated = isolated
    }

    public static let plain = Style()
    public static let bold = Style(bold: true)
    public static let dim = Style(dim: true)

    /// The escape sequence that goes from no attributes to these; empty where there is nothing to say.
    public func escape(_ depth: ColorDepth) -> String {
        guard depth != .none else { return "" }
        var codes: [String] = []
        if isBold { codes.append("1") }
        if isDim { codes.append("2") }
        if isItalic { codes.append("3") }
        if isUnderlined { codes.append("4") }
        if isInverse { codes.append("7") }
        if let foreground, let code = depth.code(foreground, base: 30) { codes.append(code) }
        if let background, let code = depth.code(background, base: 40) { codes.append(code) }
        return codes.isEmpty ? "" : "\u{1B}[" + codes.joined(separator: ";") + "m"
    }
}

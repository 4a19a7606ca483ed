/// How much of a ``Style`` is shown.
public enum ColorDepth: Sendable, Hashable {
    /// Nothing, not one escape sequence: for pipes, and for plain mode.
    case none
    /// Bold, dim and the like, and no colours: for who asks for none.
    case monochrome
    /// The sixteen colours that every terminal has. Others become the nearest of them.
    case sixteen
    /// All 256.
    case full

    /// What a user asks for with `--color`.
    public enum Wish: String, Sendable, CaseIterable {
        case auto, always, never
    }

    /// What to show, by the wish, where the text goes, and the environment: `NO_COLOR` (no-color.org: set, and not empty,
    /// means no colours), `TERM` and `COLORTERM`. A wish that says so outright counts more than `NO_COLOR`.
    public init(wish: Wish, atTerminal: Bool, environment: [String: String]) {
        let terminal = environment["TERM"] ?? ""
        let isCapable = atTerminal && !terminal.isEmpty && terminal != "dumb"
        switch wish {
        case .never:
            self = isCapable ? .monochrome : .none
        case .auto where !isCapable:
            self = .none
        case .auto where !(environment["NO_COLOR"] ?? "").isEmpty:
            self = .monochrome
        case .auto, .always:
            let isFull = terminal.contains("256color") || terminal.contains("direct") || environment["COLORTERM"] != nil
            self = isFull ? .full : .sixteen
        }
    }

    /// The parameter of SGR for a colour; `base` is 30 for the foreground and 40 for the background.
    func code(_ color: Style.Color, base: Int) -> String? {
        switch self {
        case .none, .monochrome: return nil
        case .full where color.number > 15: return "\(base + 8);5;\(color.number)"
        case .full, .sixteen:
            let number = Int(color.nearestOfSixteen)
            return String(number < 8 ? base + number : base + 52 + number)
        }
    }
}

extension Style.Color {
    /// One of the first sixteen. In the cube each of red, green and blue that is more than half of the strongest counts.
    var nearestOfSixteen: UInt8 {
        switch number {
        case 0...15: return number
        case 232...: return number < 238 ? 0 : number < 244 ? 8 : number < 250 ? 7 : 15
        default:
            let (red, green, blue) = ((number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6)
            let most = max(red, green, blue)
            guard most > 0 else { return 0 }
            var hue = (red * 2 > most ? 1 : 0) | (green * 2 > most ? 2 : 0) | (blue * 2 > most ? 4 : 0) as UInt8
            // Red means trouble, so what is only mostly red, such as brown or pink, is what it is besides.
            if hue == 1, green > 0 || blue > 0 { hue |= green >= blue ? 2 : 4 }
            return most > 3 ? hue + 8 : hue
        }
    }
}

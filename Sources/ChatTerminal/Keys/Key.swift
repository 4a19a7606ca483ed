/// What somebody did at the keyboard.
public enum Key: Sendable, Hashable {
    /// Printable text. What comes together is one, so a cluster can still be in two.
    case text(String)
    /// Pasted text, whose lines end with `\n`; `isCut` if it was more than there may be.
    case paste(String, isCut: Bool)
    /// A letter or sign with Ctrl: `a` to `z` in lower case, or one of `@[\]^_`.
    case control(Unicode.Scalar)
    /// A letter or sign with Alt, or after Esc.
    case alt(Unicode.Scalar)
    /// A key that has a name.
    case press(Name, Modifiers = [])
    /// No key: the terminal's window came to the front, or left it.
    case focus(Bool)

    public enum Name: Sendable, Hashable {
        case enter, tab, backspace, escape
        case up, down, left, right, home, end
        case insert, delete, pageUp, pageDown
    }

    public struct Modifiers: OptionSet, Sendable, Hashable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        public static let shift = Modifiers(rawValue: 1)
        public static let alt = Modifiers(rawValue: 2)
        public static let control = Modifiers(rawValue: 4)
    }
}

/// What follows `ESC [`: parameters, and one byte at the end that says what it is (ECMA-48, 5.4).
struct ControlSequence {
    enum Progress { case unfinished, complete, broken }

    /// More of a sequence is swallowed, but not looked at; no key has so much.
    private static let limit = 32

    private var parameters: [UInt8] = []
    private var final: UInt8 = 0

    mutating func take(_ byte: UInt8) -> Progress {
        switch byte {
        // The console of Linux sends ESC [ [ A for F1.
        case UInt8(ascii: "[") where parameters.isEmpty, 0x20...0x3F:
            if parameters.count < Self.limit { parameters.append(byte) }
            return .unfinished
        case 0x40...0x7E:
            final = byte
            return .complete
        default:
            return .broken
        }
    }

    var isPasteBegin: Bool { final == UInt8(ascii: "~") && numbers == [200] }

    private var numbers: [Int] {
        String(decoding: parameters, as: UTF8.self).split(separator: ";", omittingEmptySubsequences: false)
            .map { Int($0.prefix { $0 != ":" }) ?? 0 }
    }

    /// The key it is, if it is one that we know.
    func key(withAlt: Bool) -> Key? {
        guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
        let numbers = numbers
        var modifiers: Key.Modifiers = numbers.count > 1 ? Self.modifiers(numbers[1]) : []
        if withAlt { modifiers.insert(.alt) }
        switch final {
        case UInt8(ascii: "~") where numbers.count == 3 && numbers[0] == 27:
            // xterm, where it is set up to tell all keys apart
            return Self.key(code: numbers[2], modifiers)
        case UInt8(ascii: "u"):
            return Self.key(code: numbers.first ?? 0, modifiers)
        case UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "@"):
            // rxvt ends with ^ for Ctrl, and @ for Ctrl and Shift
            if final != UInt8(ascii: "~") { modifiers.insert(.control) }
            return Self.name(number: numbers.first ?? 0).map { .press($0, modifiers) }
        case UInt8(ascii: "I") where parameters.isEmpty: return .focus(true)
        case UInt8(ascii: "O") where parameters.isEmpty: return .focus(false)
        case UInt8(ascii: "Z"):
            return .press(.tab, .shift)
        case UInt8(ascii: "a")...UInt8(ascii: "d") where parameters.isEmpty:
            return Self.name(final: final - 0x20).map { .press($0, .shift) }
        default:
            // ESC O 5 A has its modifiers in front
            if numbers.count == 1, numbers[0] > 1 { modifiers.formUnion(Self.modifiers(numbers[0])) }
            return Self.name(final: final).map { .press($0, modifiers) }
        }
    }

    static func name(final: UInt8) -> Key.Name? {
        switch final {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        default: nil
        }
    }

    private static func name(number: Int) -> Key.Name? {
        switch number {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        default: nil
        }
    }

    /// One more than the sum of 1 for Shift, 2 for Alt, 4 for Ctrl; what is beyond (Super, Caps Lock) is not looked at.
    private static func modifiers(_ number: Int) -> Key.Modifiers {
        Key.Modifiers(rawValue: UInt8(truncatingIfNeeded: max(number - 1, 0) & 7))
    }

    /// A key by its character's number, with modifiers that its own byte could not have said.
    private static func key(code: Int, _ modifiers: Key.Modifiers) -> Key? {
        switch code {
        case 13: return .press(.enter, modifiers)
        case 9: return .press(.tab, modifiers)
        case 27: return .press(.escape, modifiers)
        case 8, 127: return .press(.backspace, modifiers)
        default: break
        }
        guard (0x20...0x10FFFF).contains(code), let scalar = Unicode.Scalar(UInt32(code)) else { return nil }
        if modifiers.contains(.control) {
            let lower = (0x41...0x5A).contains(code) ? Unicode.Scalar(UInt8(code + 0x20)) : scalar
            return (0x40...0x7A).contains(code) ? .control(lower) : nil
        }
        if modifiers.contains(.alt) { return .alt(scalar) }
        return (0x80...0x9F).contains(code) ? nil : .text(String(Character(scalar)))
    }
}

/// Text that can be relayed, shown and logged: valid Unicode, and nothing in it that moves a cursor, ends a line, turns
/// the direction of what follows or hides.
///
/// This is the one place that decides it. What may pass is in ``Cleaning``.
public struct CleanText: Sendable, Hashable {
    public let string: String

    /// Cleans bytes that came from outside. Each maximal piece of invalid UTF-8 becomes one U+FFFD.
    public init(_ bytes: RawSpan) {
        self = bytes.withUnsafeBytes { bytes in
            // Nearly all speech is printable ASCII, and needs nothing but this look at it.
            if bytes.isPrintableASCII {
                return CleanText(known: String(decoding: bytes, as: UTF8.self))
            }
            return CleanText(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Cleans text that came from outside.
    public init(_ text: String) {
        if text.utf8.withContiguousStorageIfAvailable({ UnsafeRawBufferPointer($0).isPrintableASCII }) ?? false {
            string = text
            return
        }
        if text.unicodeScalars.allSatisfy({ Cleaning.of($0) == .keep }) {
            string = text
            return
        }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch Cleaning.of(scalar) {
            case .keep: clean.append(scalar)
            case .replace: clean.append("\u{FFFD}")
            case .space: clean.append(" ")
            case .remove: break
            }
        }
        string = String(clean)
    }

    private init(known string: String) {
        self.string = string
    }

    public var isEmpty: Bool { string.isEmpty }
}

extension UnsafeRawBufferPointer {
    /// Whether all are from space to tilde, which is looked at eight bytes at a time.
    fileprivate var isPrintableASCII: Bool {
        var place = 0
        var others: UInt64 = 0
        while count - place >= 8 {
            let bytes = loadUnaligned(fromByteOffset: place, as: UInt64.self)
            // It is the topmost bit of each byte that counts. What is beyond ASCII has it, DEL and one has it, and what is
            // below space does not come to it with 0x60 more. No sum carries into the next byte unless one has it anyway.
            others |= bytes | bytes &+ 0x0101_0101_0101_0101 | ~(bytes &+ 0x6060_6060_6060_6060)
            place += 8
        }
        return others & 0x8080_8080_8080_8080 == 0 && self[place...].allSatisfy { (0x20...0x7E).contains($0) }
    }
}

/// What becomes of one Unicode scalar.
enum Cleaning {
    case keep, replace, space, remove

    static func of(_ scalar: Unicode.Scalar) -> Cleaning {
        switch scalar.value {
        case 0x09: .space  // a tab would reach as far as each terminal likes
        case 0x00...0x1F, 0x7F: .replace  // C0 and DEL: escapes, line ends, bells
        case 0x20...0x7E: .keep
        case 0x80...0x9F: .replace  // C1: CSI and OSC in one character
        case 0x2028, 0x2029: .replace  // line and paragraph separator
        case 0x202A...0x202E, 0x2066...0x2069: .replace  // embeddings, overrides and isolates of direction
        case 0x200E, 0x200F, 0x061C: .replace  // direction marks
        case 0x200B, 0x2060, 0xFEFF: .remove  // invisible, and meaning nothing in a line of speech
        default: .keep  // ZWJ and ZWNJ too: emoji families and several scripts need them
        }
    }
}

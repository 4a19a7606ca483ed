/// How many columns a character takes at most.
func columns(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if isWide(character) { return 2 }
    if first.properties.generalCategory == .nonspacingMark { return 0 }
    return 1
}

/// Whether it is of a script that is written without spaces, in characters of two columns, or an emoji.
func isWide(_ character: Character) -> Bool {
    guard let first = character.unicodeScalars.first else { return false }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1_F300...0x1_FAFF, 0x2_0000...0x3_FFFD, 0x1_F1E6...0x1_F1FF:
        return true
    default: return character.unicodeScalars.contains("\u{FE0F}")
    }
}

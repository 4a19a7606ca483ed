/// In which direction text runs.
enum Direction {
    /// Whether something in it is of a script that runs from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and others,
    /// whose blocks Unicode keeps together (the classes R and AL of DerivedBidiClass.txt).
    static func runsLeft(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x1_0800...0x1_0FFF, 0x1_E800...0x1_EFFF: true
            default: false
            }
        }
    }
}

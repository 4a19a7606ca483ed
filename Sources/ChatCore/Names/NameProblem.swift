/// Why a text cannot be the name of a member or of a room.
public enum NameProblem: Error, Equatable, Sendable {
    /// There is nothing in it.
    case empty
    /// More than 32 characters, 64 scalars or 128 bytes of UTF-8.
    case tooLong
    /// The first scalar that cannot be in a name, after normalisation to NFC.
    case forbidden(Unicode.Scalar)
    /// More than three marks in a row.
    case tooManyMarks
    case beginsWithMark
    /// It is a number, or looks like one, and members who have no name are known by their numbers.
    case number
    /// It is, or looks like, a word that the server uses for itself or for others.
    case reserved
}

extension NameProblem: CustomStringConvertible {
    /// One line for whoever chose the name: what is wrong, and what a name may be. Repeats nothing that could not be
    /// seen, or that could do something to a terminal.
    public var description: String {
        switch self {
        case .empty:
            "a name cannot be empty: it has 1 to 32 letters and digits of any script, '-', '_' and '.'"
        case .tooLong:
            "that name is too long: a name has at most 32 characters, 64 code points and 128 bytes"
        case .forbidden(let scalar):
            "a name cannot have \(Self.shown(scalar)) in it, only letters and digits of any script, '-', '_' and '.'"
        case .tooManyMarks:
            "that name has too many marks on one letter: a name has at most 3 in a row"
        case .beginsWithMark:
            "a name cannot begin with a mark that belongs on a letter; put the letter before it"
        case .number:
            "that name is a number or looks like one; a name needs something that cannot be read as a digit"
        case .reserved:
            "that name is one of the server's own words or looks like one; please choose another"
        }
    }

    /// `scalar` as it is if it surely shows by itself and stays in its place, otherwise by its number.
    private static func shown(_ scalar: Unicode.Scalar) -> String {
        if scalar == " " { return "a space" }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        if scalar.isASCII { return scalar.value > 0x20 && scalar.value < 0x7F ? "'\(scalar)'" : number }
        let properties = scalar.properties
        guard !properties.isDefaultIgnorableCodePoint else { return number }
        switch properties.generalCategory {
        case .otherSymbol, .mathSymbol, .currencySymbol: return "'\(scalar)' (\(number))"
        default: return number
        }
    }
}

import CommandKit
import Glibc

/// Standard output, where a code is drawn.
enum Terminal {
    enum Problem: Error, Equatable {
        /// With the `errno`.
        case cannotPrint(Int32)
    }

    /// - Throws: ``LinkCommand/Problem`` for a text that is too long.
    static func draw(_ text: String) throws {
        guard let code = QRCode(text) else { throw LinkCommand.Problem.tooLongForCode(text.utf8.count) }
        let isTerminal = isatty(STDOUT_FILENO) == 1
        if let columns, columns < code.columns {
            Conclaved.complain("warning: the code needs \(code.columns) columns, and this terminal has \(columns)")
        }
        for line in code.lines(isTerminal ? .coloured : .plain) { print(line) }
    }

    /// Nil for what is no terminal.
    private static var columns: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

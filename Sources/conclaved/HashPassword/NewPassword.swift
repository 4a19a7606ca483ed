import ChatCore
import Glibc
import TLS

/// A password as its owner chooses it: where it is read from, and what it must be.
enum NewPassword {
    enum Problem: Error, Equatable {
        case empty, tooShort, tooLong, differ
        /// The command `/oper NAME PASSWORD` could not hold it: see ``CleanText``.
        case unspeakable
        /// A call to the system failed with this `errno`.
        case system(String, Int32)
    }

    /// In characters.
    static let shortest = 8
    /// In bytes: a line of the chat has room for it.
    static let longest = 512

    /// Asks twice at a terminal; takes one line of anything else.
    static func read() throws -> [UInt8] {
        guard isatty(STDIN_FILENO) == 1 else { return try checked(line()) }
        return try SilentTerminal.run {
            ask("Password: ")
            let password = try checked(line())
            ask("Once more: ")
            var again = try line()
            defer { PasswordHash.wipe(&again) }
            guard again == password else { throw Problem.differ }
            return password
        }
    }

    private static func checked(_ password: [UInt8]) throws -> [UInt8] {
        guard !password.isEmpty else { throw Problem.empty }
        guard let text = String(validating: password, as: UTF8.self) else { throw Problem.unspeakable }
        guard text.count >= shortest else { throw Problem.tooShort }
        let isSpoken = CleanText(text).string.unicodeScalars.elementsEqual(text.unicodeScalars)
        guard isSpoken, !text.hasPrefix(" "), !text.hasSuffix(" ") else { throw Problem.unspeakable }
        return password
    }

    private static func ask(_ prompt: String) {
        let prompt = Array(prompt.utf8)
        _ = write(STDERR_FILENO, prompt, prompt.count)  // standard output is for the hash
    }

    /// A line of standard input without its end, or all that there is if it has none. Not a byte behind it is read.
    private static func line() throws -> [UInt8] {
        // Grown in one piece: each time an array moves it leaves a copy of the secret.
        var line: [UInt8] = []
        line.reserveCapacity(longest + 1)
        var byte: UInt8 = 0
        while true {
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Problem.system("cannot read the password", errno) }
            if count == 0 || byte == UInt8(ascii: "\n") { break }
            guard line.count <= longest else { throw Problem.tooLong }
            line.append(byte)
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard line.count <= longest else { throw Problem.tooLong }
        return line
    }
}

extension NewPassword.Problem: CustomStringConvertible {
    var description: String {
        switch self {
        case .empty: "there is no password; type one, or give it as a line of standard input"
        case .tooShort: "the password is too short; take \(NewPassword.shortest) characters or more"
        case .tooLong: "the password is too long; take at most \(NewPassword.longest) bytes"
        case .differ: "the two passwords differ; try again"
        case .unspeakable:
            "a line of the chat could not hold this password; take UTF-8 without control or invisible characters, and "
                + "no space at its ends"
        case .system(let what, let errno): "\(what): \(String(cString: strerror(errno)))"
        }
    }
}

import Glibc
import TLS
import TestKit
import Testing

@testable import ChatServer

@Suite struct OperatorFileTests {
    /// Of "correct horse" and "battery staple", at the least cost there is; made by Python's `hashlib.scrypt`.
    static let horse = "$scrypt$ln=10,r=1,p=1$c2FsdHNhbHQ$Z1GIm5jSRWwIGQS+nPU6Pg"
    static let staple = "$scrypt$ln=10,r=1,p=1$c2FsdHNhbHQ$5Q1NDMNZZQJO0PTNxbO59g"

    @Test func `each account has its own password, and case makes a difference`() throws {
        let operators = try parse("# who keeps order\n\nalice \(Self.horse)\r\n \tAlice\t \(Self.staple) \n#")
        #expect(operators.count == 2)
        #expect(operators.accept("alice", Array("correct horse".utf8)))
        #expect(!operators.accept("alice", Array("battery staple".utf8)))
        #expect(operators.accept("Alice", Array("battery staple".utf8)))
        #expect(!operators.accept("ALICE", Array("battery staple".utf8)))
        #expect(!operators.accept("", []))
    }

    @Test func `without operators nobody is one`() throws {
        for operators in [Operators(), try parse(""), try parse("# alice \(Self.horse)")] {
            #expect(operators.isEmpty)
            #expect(!operators.accept("alice", Array("correct horse".utf8)))
        }
    }

    @Test func `what a log says of operators is how many there are`() throws {
        let operators = try parse("alice \(Self.horse)")
        #expect("\(operators)" == "1 operators")
        #expect(!String(reflecting: operators).contains("scrypt"))
        var dumped = ""
        dump(operators, to: &dumped)
        #expect(!dumped.contains("alice") && !dumped.contains("salt"))
    }

    @Test(
        arguments: [
            ("alice", 1, .notTwoFields),
            ("#\n\nalice secret \(horse)", 3, .notTwoFields),
            ("al/ice \(horse)", 1, .badName),
            ("älice \(horse)", 1, .badName),
            ("a23456789012345678901234567890123 \(horse)", 1, .badName),
            ("a \(horse)\nb \(horse)\na \(staple)", 3, .nameTwice(firstLine: 1)),
            ("a secret", 1, .badHash(.notAHash)),
            ("a $2b$12$abcdefghijklmnopqrstuu", 1, .badHash(.notScrypt)),
            ("a $scrypt$ln=30,r=8,p=1$c2FsdHNhbHQ$5Q1NDMNZZQJO0PTNxbO59g", 1, .badHash(.cost)),
        ] as [(String, Int, OperatorFileError.Problem)]
    )
    func `what is wrong is told with its line`(text: String, line: Int, problem: OperatorFileError.Problem) {
        let error = #expect(throws: OperatorFileError.self) { try parse(text) }
        #expect(error == OperatorFileError(file: "ops", line: line, problem: problem))
        #expect(error?.description.hasPrefix("ops, line \(line): ") == true)
        #expect(error?.description.contains("secret") == false, "who errs may have written a password")
    }

    @Test func `bytes that are not text are refused and not taken for something`() {
        #expect(throws: OperatorFileError(file: "ops", line: 1, problem: .badName)) {
            try Operators(parsing: [0xFF] + Array(" \(Self.horse)".utf8), file: "ops")
        }
    }

    @Test(arguments: [("a", true), ("A-b_c.9", true), (String(repeating: "x", count: 32), true), ("", false)])
    func `names are short and plain`(name: String, isName: Bool) {
        #expect(Operators.isName(name) == isName)
    }

    @Test func `a file is read, and warned of if others may read or write it`() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("alice \(Self.horse)\n", to: "ops")
        for (mode, isWarned) in [(0o600, false), (0o400, false), (0o640, true), (0o602, true), (0o644, true)] {
            try #require(chmod(path, mode_t(mode)) == 0)
            let file = try OperatorFile(reading: path)
            #expect(file.operators.count == 1)
            #expect((file.warning?.hasSuffix("; chmod 600 \(path)") == true) == isWarned)
        }
    }

    @Test func `a file that cannot be read is named, with the reason and what to do`() throws {
        let directory = try TemporaryDirectory()
        let large = try directory.write(String(repeating: "#\n", count: 200_000), to: "large")
        let reasons = [
            directory.path("missing"): "cannot be read: No such file or directory; check",
            directory.path: "cannot be read: Is a directory; check",
            large: "has more than 256 KiB; check",
        ]
        for (path, reason) in reasons {
            let error = #expect(throws: OperatorFileError.self) { try OperatorFile(reading: path) }
            #expect(error?.description.hasPrefix("\(path) \(reason)") == true, "\(String(describing: error))")
        }
    }

    private func parse(_ text: String) throws -> Operators {
        try Operators(parsing: Array(text.utf8), file: "ops")
    }
}

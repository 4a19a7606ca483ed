internal import ChatCore
internal import GRDB

extension LogFailure {
    /// What SQLite says of it, in words for whoever runs the server.
    init(_ error: any Error) {
        switch error {
        case let error as LogFailure: self = error
        case let error as DatabaseError: self.init(Self.text(error))
        default: self.init("\(error)")
        }
    }

    private static func text(_ error: DatabaseError) -> String {
        let detail = error.message.map { " (\($0))" } ?? ""
        return switch error.resultCode.primaryResultCode {
        case .SQLITE_FULL: "the disk is full"
        case .SQLITE_READONLY: "the history cannot be written: it is read-only\(detail)"
        case .SQLITE_IOERR: "the disk failed\(detail)"
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: "the history is damaged\(detail)"
        case .SQLITE_CANTOPEN: "the history cannot be opened\(detail)"
        case .SQLITE_BUSY, .SQLITE_LOCKED: "another program holds on to the history\(detail)"
        case .SQLITE_NOMEM: "there is no memory left"
        default: "the history failed\(detail)"
        }
    }
}

extension DatabaseError {
    /// Whether what is in the file is not what was written.
    var isDamage: Bool {
        switch resultCode.primaryResultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: true
        // A schema that does not say what it should.
        case .SQLITE_ERROR: true
        default: false
        }
    }
}

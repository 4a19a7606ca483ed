public import ChatWire
public import TLS

/// The four words of a connection, as this end of it derives them; or why it has none.
///
/// The other end shows the same, unless somebody sits between the two: whom they should be compared with, and by another
/// way than through the connection.
public typealias ConnectionWords = Result<VerificationWords, TLSError>

extension ConnectionWords {
    /// For a user to look at, in one line.
    var line: String {
        switch self {
        case .success(let words): "the words of this connection, from this end: \(words)"
        case .failure(let error): "this connection has no words: \(error)"
        }
    }
}

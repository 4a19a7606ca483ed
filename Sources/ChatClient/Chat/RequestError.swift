public import ChatWire

/// Why a request was not done, or is not known to have been.
public enum RequestError: Error, Sendable, Equatable {
    /// The server has not done it, and says why.
    case refused(StructuredError)
    /// The connection was lost before the answer came: nobody knows whether it was done.
    case interrupted
    /// The client has ended: because of that, or, if nil, because it was told to.
    case ended(ClientError?)
    /// The task that waited was cancelled. What had been sent may still be done.
    case cancelled
    /// So many events wait to be read that the answer behind them cannot be waited for: who waits for it is perhaps who
    /// should read them. What had been sent may still be done.
    case unread
    /// It was done, but the answer lacks what it has to say.
    case notUnderstood
}

extension RequestError: CustomStringConvertible {
    /// One line: what happened, and what to do.
    public var description: String {
        switch self {
        case .refused(let error): error.message
        case .interrupted:
            "the connection was lost before the answer came; look whether it was done, and ask again if not"
        case .ended(let error?): "\(error)"
        case .ended(nil): "the connection was closed; connect again"
        case .unread: "the events before the answer are not read; read them in a task of their own"
        case .cancelled: "the request was given up"
        case .notUnderstood: "the server's answer lacks something; is it older than this client?"
        }
    }
}

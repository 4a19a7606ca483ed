internal import ChatCore
internal import ChatWire

extension ChatEvent {
    /// Appends it as a line of JSON with its LF: as the server said it, and what the client adds in the same manner.
    public func encode(into bytes: inout [UInt8]) {
        switch self {
        case .room(let event): event.encode(into: &bytes)
        case .whispered(let author, let text): StructuredFrame.whispered(from: author, text).encode(into: &bytes)
        case .gap(let room, let after, let missed):
            StructuredFrame.gap(room, after: after, missed: missed).encode(into: &bytes)
        case .notice(let notice): StructuredFrame.notice(notice).encode(into: &bytes)
        case .entered(let entered): ClientLine.in(entered).encode(into: &bytes)
        case .notEntered(let room, let error): ClientLine.out(room, error).encode(into: &bytes)
        case .nameLost(let name, let error): ClientLine.nameLost(name, error).encode(into: &bytes)
        case .state(let state): state.line.encode(into: &bytes)
        }
    }
}

extension ConnectionState {
    fileprivate var line: ClientLine {
        switch self {
        case .connecting: .state("connecting", seconds: nil, message: nil)
        case .connected: .state("connected", seconds: nil, message: nil)
        case .waiting(let delay, let error): .state("waiting", seconds: delay / .seconds(1), message: "\(error)")
        case .failed(let error): .state("failed", seconds: nil, message: "\(error)")
        case .closed: .state("closed", seconds: nil, message: nil)
        }
    }
}

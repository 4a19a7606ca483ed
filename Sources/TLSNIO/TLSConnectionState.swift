internal import NIOCore

/// Where a TLS connection stands, and what each thing that happens to it therefore means.
///
/// Pure: it decides, ``TLSHandler`` acts.
///
///     idle -> handshaking -> open -+-> outputClosed -> closing ---+-> closed
///                                  +-> inputClosed -> lingering --+
///
/// In `closing` and `lingering` our last word, a close_notify or an alert, is out with TCP's FIN behind it, and what still
/// comes in is thrown away until the peer has closed too. To close the socket at once would make the kernel answer unread
/// bytes with a reset, and a reset can overtake and destroy what we said last.
struct TLSConnectionState {
    enum Phase: Equatable {
        case idle, handshaking, open
        /// The peer has said close_notify and is still listening.
        case inputClosed
        /// We have said close_notify and are still listening.
        case outputClosed
        /// We have said all, and wait for the peer's close_notify.
        case closing
        /// The session is over, and we wait for the peer's FIN.
        case lingering
        case closed
    }

    private(set) var phase = Phase.idle {
        willSet { assert(phase != .closed || newValue == .closed, "closed is final, not \(newValue)") }
    }

    /// - Returns: whether the handshake is to begin now.
    mutating func start() -> Bool {
        guard phase == .idle else { return false }
        phase = .handshaking
        return true
    }

    /// - Returns: whether that is news.
    mutating func established() -> Bool {
        guard phase == .handshaking else { return false }
        phase = .open
        return true
    }

    // MARK: What the application wants

    enum WriteAction { case hold, encrypt, refuse }

    var write: WriteAction {
        switch phase {
        case .idle, .handshaking: .hold
        case .open, .inputClosed: .encrypt
        case .outputClosed, .closing, .lingering, .closed: .refuse
        }
    }

    enum CloseAction: Equatable {
        /// Close the socket: there is no session to end.
        case abort
        /// Say close_notify and go on listening.
        case sayCloseNotify
        /// Say close_notify if that is still to be said, then FIN, and wait for the peer.
        case sayGoodbye
        /// The same, and with it both ends have said close_notify.
        case answerGoodbye
        /// The goodbye has been said; this only waits for its end.
        case join
        case refuse
    }

    mutating func close(_ mode: CloseMode) -> CloseAction {
        switch (mode, phase) {
        case (.input, _): return .refuse
        case (.output, .open):
            phase = .outputClosed
            return .sayCloseNotify
        case (.all, .open), (.all, .outputClosed):
            phase = .closing
            return .sayGoodbye
        case (.output, .inputClosed), (.all, .inputClosed):
            phase = .lingering
            return .answerGoodbye
        case (.output, _): return .refuse
        case (.all, .idle), (.all, .handshaking):
            phase = .lingering
            return .abort
        case (.all, .closing), (.all, .lingering): return .join
        case (.all, .closed): return .abort
        }
    }

    // MARK: What the peer does

    /// Whether ciphertext still means something to us.
    var wantsCiphertext: Bool {
        switch phase {
        case .handshaking, .open, .outputClosed, .closing: true
        case .idle, .inputClosed, .lingering, .closed: false
        }
    }

    var isHandshaking: Bool { phase == .handshaking }

    /// Whether plaintext still means something to the application.
    var wantsPlaintext: Bool { phase == .open || phase == .outputClosed }

    /// Whether we must keep reading ourselves, whatever the application does.
    var readsOnItsOwn: Bool {
        switch phase {
        case .handshaking, .closing, .lingering: true
        case .idle, .open, .inputClosed, .outputClosed, .closed: false
        }
    }

    enum PeerClosedAction: Equatable {
        /// Tell the application, which may go on talking.
        case tell
        /// Both ends have said close_notify.
        case finish
        case ignore
    }

    mutating func peerClosed() -> PeerClosedAction {
        switch phase {
        case .open:
            phase = .inputClosed
            return .tell
        case .outputClosed, .closing:
            phase = .lingering
            return .finish
        case .idle, .handshaking, .inputClosed, .lingering, .closed:
            return .ignore
        }
    }

    enum FailureAction: Equatable {
        /// Report the error and see that the alert arrives.
        case report
        /// It happened while we were leaving anyway.
        case ignore
    }

    mutating func failed() -> FailureAction {
        switch phase {
        case .idle, .handshaking, .open, .inputClosed, .outputClosed:
            phase = .lingering
            return .report
        case .closing:
            phase = .lingering
            return .ignore
        case .lingering, .closed:
            return .ignore
        }
    }

    /// The deadline has come. What we still wait for in `lingering` costs nobody anything but the time.
    mutating func expired() -> FailureAction {
        switch phase {
        case .handshaking, .closing:
            phase = .lingering
            return .report
        case .idle, .open, .inputClosed, .outputClosed, .lingering, .closed:
            return .ignore
        }
    }

    /// The socket is about to close for a reason that is known: we want it so, or it has failed.
    mutating func cutOff() {
        if phase != .closed { phase = .lingering }
    }

    enum InactiveAction: Equatable {
        /// The stream ended where the peer had not said that it would.
        case reportTruncation
        case finish
        case ignore
    }

    /// The socket is closed.
    mutating func inactive() -> InactiveAction {
        defer { phase = .closed }
        switch phase {
        case .handshaking, .open, .outputClosed: return .reportTruncation
        case .idle, .inputClosed, .closing, .lingering: return .finish
        case .closed: return .ignore
        }
    }
}

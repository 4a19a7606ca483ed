internal import CTCPInfo

/// What the kernel says of a connection's way to its peer.
struct Transport: Equatable {
    /// Whether something was handed to the kernel that the peer has not acknowledged.
    var owes: Bool
    /// How often in a row something was sent again, or the peer was asked whether it takes more, without an answer.
    var unanswered: Int
    /// Milliseconds since anything came from the peer, be it an acknowledgement.
    var silence: UInt64
    /// How many bytes the peer has acknowledged in all.
    var acknowledged: UInt64
}

extension Transport {
    /// - Returns: nil if the kernel does not say.
    init?(of socket: CInt) {
        var info = CTCPInfo()
        guard CTCPInfo_read(socket, &info) == 0 else { return nil }
        self.init(
            owes: info.unacknowledged > 0 || info.unsent > 0,
            unanswered: Int(info.unanswered),
            silence: UInt64(info.silence),
            acknowledged: info.acknowledged
        )
    }
}

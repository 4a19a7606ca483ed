internal import ChatCore

/// What the server says to one member alone, as bytes of its protocol; nothing, if there are no words for it. Confined to
/// an event loop.
protocol OutboundCodec: AnyObject {
    var dialect: Dialect { get }

    /// One has entered a room in which one sees what comes from now on.
    func entered(_ view: RoomView, _ messages: [Event], _ retention: Retention, as member: Member) -> [UInt8]
    /// One has entered a room from some number on, that of the stretch, which follows.
    func followed(_ following: Following, _ stretch: Stretch, missed: UInt64, _ retention: Retention) -> [UInt8]
    /// - Parameter gap: whether what is missing before the first event is to be told.
    func stretch(_ stretch: Stretch, gap: Bool) -> [UInt8]
    func replay(_ messages: Found, as member: Member) -> [UInt8]
    /// - Parameter found: what the log has answered to ``Past/question(of:head:)``.
    func past(_ room: RoomName, _ epoch: Epoch, _ past: Past, _ found: Found, as member: Member) -> [UInt8]
    func answer(_ answer: Answer, to member: Member) -> [UInt8]
    /// All that came of one request has been said.
    func done() -> [UInt8]
    /// The last that it is told.
    func closing() -> [UInt8]

    /// - Parameter sequence: the number of the event before the gap.
    func missed(_ events: UInt64, in room: RoomName, after sequence: UInt64) -> [UInt8]
    /// So much of what was said to it alone was dropped.
    func unread(_ count: Int) -> [UInt8]
    /// It has said nothing for so long, and is closed.
    func silent(_ limit: Duration) -> [UInt8]
    /// The server stops, and it is closed.
    func shuttingDown() -> [UInt8]
    func foreign() -> [UInt8]
}

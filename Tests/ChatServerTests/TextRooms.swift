import ChatCore

@testable import ChatServer

/// Members and rooms of the text protocol, as most tests want them.
extension TextOutbound {
    static func plain() -> TextOutbound {
        TextOutbound(
            clock: ServerClock(now: { Timestamp(milliseconds: 0) }, utcOffset: { _ in 0 }),
            limits: ServerLimits()
        )
    }
}

extension Member {
    convenience init(session: SessionID, outlet: any Outlet) {
        self.init(session: session, outlet: outlet, outbound: TextOutbound.plain())
    }

    func welcome(_ number: MemberID, _ line: String) { welcome(number, Array(line.utf8)) }

    func reply(_ line: String) { reply(Array(line.utf8)) }
}

extension Audience {
    convenience init(room: RoomID, feedBytes: Int, fanOut: FanOut) {
        self.init(room: room, name: .lobby, dialect: .text, after: 0, feedBytes: feedBytes, fanOut: fanOut)
    }

    func append(_ line: [UInt8], _ mark: LineMark, _ pool: inout SegmentPool) {
        append(line, mark, feed.head + 1, &pool)
    }
}

extension FanOut {
    func audience(_ room: RoomID) -> Audience? { audience(room, .text) }

    func enter(_ room: RoomID, _ member: Member) {
        enter(room, .lobby, member, after: 0, entry: nil)
    }

    func append(_ line: [UInt8], _ mark: LineMark, to audience: Audience) {
        append(line, mark, audience.feed.head + 1, to: audience)
    }
}

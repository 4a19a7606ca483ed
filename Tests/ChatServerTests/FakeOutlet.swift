import ChatCore

@testable import ChatServer

/// An outlet that takes only as many sends as it is told, like a socket that fills up.
final class FakeOutlet: Outlet {
    var room = Int.max
    var sent: [UInt8] = []
    /// Done once, inside the next send.
    var whenSending: (() -> Void)?
    var words: UInt64?
    var isClosed = false
    var isAborted = false

    var isWritable: Bool { room > 0 }

    func send(_ bytes: RawSpan) {
        room -= 1
        bytes.withUnsafeBytes { sent += $0 }
        let action = whenSending
        whenSending = nil
        action?()
    }

    func expel() {}
    func close() { isClosed = true }
    func abort() { isAborted = true }
    func resume() {}
    /// How many requests are done.
    var answers = 0
    func answered() { answers += 1 }

    /// Which pages were asked for, after which number and of which entry.
    var turns: [(room: RoomName, after: UInt64, entry: UInt64)] = []
    var pages: [UInt64] { turns.map(\.after) }
    func turnPage(of room: RoomName, after sequence: UInt64, entry: UInt64) { turns.append((room, sequence, entry)) }

    var lines: [Substring] { String(decoding: sent, as: UTF8.self).split(separator: "\n") }
}

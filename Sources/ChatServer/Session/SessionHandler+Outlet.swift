internal import ChatCore
internal import NIOCore
internal import TLSNIO

/// The way out, for the member of this connection.
extension SessionHandler: Outlet {
    func send(_ bytes: RawSpan) {
        sends += 1
        if watchPlace < 0 { shard.watch.add(self) }
        tls.send(bytes)
    }

    func close() {
        // From here on it is the TLS handler that waits.
        leavingDeadline?.cancel()
        context?.close(promise: nil)
    }

    func abort() {
        tls.abort()
    }

    func answered() {
        outstanding -= 1
        guard isAwaitingAnswer, outstanding == 0 else { return }
        isAwaitingAnswer = false
        if resumption == nil { goOn() }
    }

    func turnPage(of room: RoomName, after sequence: UInt64, entry: UInt64) {
        guard let member else { return }
        shard.submit(Command(member.session, in: room, .page(after: sequence, entry: entry)))
    }

    func resume() {
        if resumption == nil { goOn() }
    }
}

internal import ChatCore
internal import ChatWire
internal import NIOCore
internal import TLSNIO

/// The way out, for the member of this connection.
extension SessionHandler: Outlet {
    var words: UInt64? {
        let (label, count) = (VerificationWords.label, VerificationWords.exportedCount)
        guard let exported = try? tls.exportKeyingMaterial(label: label, count: count) else { return nil }
        return VerificationWords(exported: exported)?.bits
    }

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

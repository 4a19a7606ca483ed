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

    func resume() {
        if resumption == nil { goOn() }
    }
}

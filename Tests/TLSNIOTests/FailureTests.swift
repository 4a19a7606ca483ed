import NIOCore
import TLS
import TLSNIO
import TestKit
import Testing

@Suite struct FailureTests {
    /// A handshake record with a message that no handshake begins with.
    static let nonsense: [UInt8] = [22, 3, 1, 0, 5, 99, 0, 0, 1, 0]

    @Test("garbage instead of a handshake is told once and answered with an alert and FIN")
    func garbage() throws {
        let pair = try ChannelPair()
        let held = pair.server.write("welcome")
        try pair.server.connect()
        pair.server.socket.deliver(Self.nonsense)
        guard case .failed(let error) = pair.server.application.errors.first, case .protocol = error else {
            Issue.record("\(pair.server.application.events)")
            return
        }
        #expect(held.error as? TLSError == error)
        let alert = pair.server.socket.takeSent()
        #expect(alert.first == 21 && alert.count == 7)  // an alert record
        #expect(pair.server.socket.hasSentFIN && !pair.server.socket.isClosed)
        let told = pair.server.application.events
        #expect(told == [.active, .failed(error), .outputClosed])

        // What still comes is thrown away, and read, so that the kernel does not reset the connection.
        for _ in 0..<3 {
            #expect(pair.server.socket.readIsPending)
            pair.server.socket.deliver(Self.nonsense)
        }
        #expect(pair.server.application.events == told)
        pair.server.socket.deliverFIN()
        #expect(pair.server.application.events == told + [.inactive])
    }

    @Test("garbage after the handshake is told once")
    func garbageLater() throws {
        let pair = try ChannelPair.established()
        pair.server.socket.deliver([23, 3, 3, 0, 32] + [UInt8](repeating: 0, count: 32))
        pair.pump()
        #expect(pair.server.application.errors.count == 1)
        guard case .failed(.alert(let alert)) = pair.client.application.errors.first else {
            Issue.record("\(pair.client.application.events)")
            return
        }
        #expect(alert.number == 20)  // bad_record_mac
        #expect(pair.client.application.errors.count == 1)
        #expect(pair.client.socket.isClosed && pair.server.socket.isClosed)
    }

    @Test("garbage while closing is not told")
    func garbageWhileClosing() throws {
        let pair = try ChannelPair.established()
        let close = pair.server.close()
        pair.server.socket.deliver([23, 3, 3, 0, 32] + [UInt8](repeating: 0, count: 32))
        #expect(close.isPending && pair.server.application.errors.isEmpty)
        pair.server.socket.deliverFIN()
        #expect(close.hasSucceeded && pair.server.application.errors.isEmpty)
    }

    @Test("plaintext that came in one read with garbage is told before it")
    func plaintextFirst() throws {
        let pair = try ChannelPair.established()
        pair.client.write("the last words")
        pair.server.socket.deliver(pair.client.socket.takeSent() + [99, 99, 99, 99, 99])
        #expect(pair.server.application.text == "the last words")
        #expect(pair.server.application.events.dropFirst(2).first == .plaintext)
        #expect(pair.server.application.errors.count == 1)
    }

    @Test("FIN without close_notify is told as truncation once", arguments: [false, true])
    func truncation(afterHalfClose: Bool) throws {
        let pair = try ChannelPair.established()
        if afterHalfClose { pair.server.close(.output) }
        pair.client.write("cut o")
        let bytes = pair.client.socket.takeSent()
        pair.server.socket.deliver(bytes.dropLast())
        pair.server.socket.deliverFIN()
        #expect(pair.server.application.events == [.active, .established(nil), .failed(.truncated), .inactive])
    }

    @Test("FIN in the handshake is told as truncation once, wherever it comes")
    func truncatedHandshake() throws {
        let reference = try ChannelPair()
        try reference.connect()
        let length = reference.client.socket.takeSent().count
        for count in stride(from: 0, to: length, by: 7) {
            let pair = try ChannelPair()
            try pair.connect()
            pair.server.socket.deliver(Array(pair.client.socket.takeSent().prefix(count)))
            pair.server.socket.deliverFIN()
            #expect(pair.server.application.events == [.active, .failed(.truncated), .inactive])
        }
    }

    @Test("FIN after close_notify is no error")
    func cleanEnd() throws {
        let pair = try ChannelPair.established()
        pair.conveysFIN = false
        pair.client.close()
        pair.pump()
        pair.server.socket.deliverFIN()
        #expect(pair.server.application.events == [.active, .established(nil), .inputClosed, .inactive])
    }

    @Test("FIN in a channel that allows half-closure is not taken for close_notify")
    func forgedEnd() throws {
        let pair = try ChannelPair.established()
        pair.server.socket.allowsHalfClosure = true
        pair.server.socket.deliverFIN()
        #expect(pair.server.application.events == [.active, .established(nil), .failed(.truncated), .inactive])
    }

    @Test("an error of the socket is told alone", arguments: [false, true])
    func socketError(duringHandshake: Bool) throws {
        let pair = try ChannelPair()
        try pair.connect()
        if !duringHandshake { pair.pump() }
        pair.server.socket.fail(IOError(errnoCode: 104, reason: "read"))
        #expect(pair.server.application.errors.count == 1)
        guard case .otherError = pair.server.application.errors.first else {
            Issue.record("\(pair.server.application.events)")
            return
        }
        #expect(pair.server.application.events.last == .inactive)
    }

    @Test("a write that fails leaves nothing behind in the output, which others may share")
    func sharedOutput() throws {
        let pair = try ChannelPair.established()
        // No peer can bring this about, so the session is spoiled behind the handler's back.
        let end = TLSEnd(pair.server.session)
        end.receive([99, 99, 99, 99, 99])
        #expect(!pair.server.session.output.isEmpty)
        let write = pair.server.write("hello")
        #expect(write.error as? TLSError == .notOpen)
        #expect(pair.server.application.errors == [.failed(.notOpen)])
        #expect(pair.server.session.output.isEmpty)
        #expect(pair.server.socket.takeSent().first == 23)  // the alert, encrypted
        #expect(pair.server.socket.hasSentFIN)
    }

    @Test("aborting says nothing and is no error", arguments: [false, true])
    func abort(duringHandshake: Bool) throws {
        let pair = try ChannelPair()
        try pair.connect()
        if !duringHandshake { pair.pump() }
        let held = pair.server.write("unsaid", flush: false)
        _ = pair.server.socket.takeSent()
        pair.server.tls.abort()
        #expect(pair.server.socket.isClosed && pair.server.socket.takeSent().isEmpty)
        #expect(held.error != nil)
        #expect(pair.server.application.errors.isEmpty)
        #expect(pair.server.application.events.last == .inactive)
    }
}

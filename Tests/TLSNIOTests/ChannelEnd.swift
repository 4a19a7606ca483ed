import NIOCore
import NIOEmbedded
import TLS
import TLSNIO
import TestKit

/// One end of a connection: a channel with a socket, a ``TLSHandler`` and an application.
final class ChannelEnd {
    let channel: EmbeddedChannel
    let socket = EmbeddedSocket()
    let session: TLSSession
    let tls: TLSHandler
    let application = Application()

    init(_ session: TLSSession, loop: EmbeddedEventLoop, deadlines: TLSDeadlines = TLSDeadlines()) throws {
        self.session = session
        tls = TLSHandler(session: session, deadlines: deadlines)
        channel = EmbeddedChannel(loop: loop)
        try channel.pipeline.syncOperations.addHandlers([socket, tls, application])
    }

    /// The outcome of something that was asked for.
    final class Outcome {
        fileprivate(set) var result: Result<Void, any Error>?

        var isPending: Bool { result == nil }

        var hasSucceeded: Bool {
            if case .success = result { true } else { false }
        }

        var error: (any Error)? {
            if case .failure(let error) = result { error } else { nil }
        }
    }

    /// Whether all of them have succeeded.
    static func allSucceeded(_ outcomes: [Outcome]) -> Bool { outcomes.allSatisfy { $0.hasSucceeded } }

    func connect() throws {
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    @discardableResult
    func write(_ bytes: [UInt8], flush: Bool = true) -> Outcome {
        let outcome = note { channel.write(ByteBuffer(bytes: bytes), promise: $0) }
        if flush { channel.flush() }
        return outcome
    }

    @discardableResult
    func write(_ text: String, flush: Bool = true) -> Outcome {
        write(Array(text.utf8), flush: flush)
    }

    @discardableResult
    func close(_ mode: CloseMode = .all) -> Outcome {
        note { channel.close(mode: mode, promise: $0) }
    }

    private func note(_ action: (EventLoopPromise<Void>) -> Void) -> Outcome {
        let outcome = Outcome()
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { outcome.result = $0 }
        action(promise)
        return outcome
    }
}

import NIOCore
import NIOEmbedded
import TLS
import TLSNIO
import TestKit
import Testing

@Suite struct LifetimeTests {
    enum Ending: CaseIterable {
        case close, crossing, abort, truncation, failure, handshakeDeadline, shutdownDeadline, neverActive
        /// The application aborts when it is told the end.
        case abortAtFailure, abortAtShutdown
    }

    @Test("nothing outlives the channel", arguments: Ending.allCases)
    func freed(ending: Ending) throws {
        weak var handler: TLSHandler?
        weak var session: TLSSession?
        weak var application: Application?
        let loop = EmbeddedEventLoop()
        do {
            let fixtures = try CertificateFixtures.shared
            let context = try TLSContext(.server(fixtures.server))
            let end = try ChannelEnd(TLSSession(server: context), loop: loop, deadlines: DeadlineTests.deadlines)
            (handler, session, application) = (end.tls, end.session, end.application)
            let trust = try TLSContext(.client(trust: fixtures.ca))
            let client = TLSEnd(try TLSSession(client: trust, expecting: .dns("localhost")))
            if ending != .neverActive { try end.connect() }
            end.write("held")
            if ending != .handshakeDeadline && ending != .neverActive { shakeHands(client, end) }
            try finish(end, client, ending)
            loop.run()
            #expect(end.socket.isClosed)
        }
        #expect(handler == nil)
        #expect(session == nil)
        #expect(application == nil)
    }

    private func shakeHands(_ client: TLSEnd, _ end: ChannelEnd) {
        client.receive([])
        for _ in 0..<3 {
            end.socket.deliver(client.takeOutput())
            client.receive(end.socket.takeSent())
        }
    }

    private func finish(_ end: ChannelEnd, _ client: TLSEnd, _ ending: Ending) throws {
        switch ending {
        case .close:
            end.close()
            end.socket.deliverFIN()
        case .crossing:
            end.close()
            client.close()
            end.socket.deliver(client.takeOutput())
        case .abort: end.tls.abort()
        case .truncation: end.socket.deliverFIN()
        case .failure:
            end.socket.deliver(FailureTests.nonsense)
            end.channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        case .abortAtFailure:
            abort(end) { if case .failed = $0 { true } else { false } }
            end.socket.deliver(FailureTests.nonsense)
        case .abortAtShutdown:
            abort(end) { $0 == .shutdownCompleted }
            client.close()
            end.socket.deliver(client.takeOutput())
            end.close()
        case .handshakeDeadline: end.channel.embeddedEventLoop.advanceTime(by: .seconds(7))
        case .shutdownDeadline:
            end.close()
            end.channel.embeddedEventLoop.advanceTime(by: .seconds(3))
        case .neverActive: end.tls.abort()
        }
    }

    private func abort(_ end: ChannelEnd, when isTime: @escaping (Application.Event) -> Bool) {
        end.application.reaction = { [weak tls = end.tls] event, _ in
            if isTime(event) { tls?.abort() }
        }
    }
}

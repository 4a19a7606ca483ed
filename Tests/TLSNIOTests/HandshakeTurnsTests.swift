import NIOCore
import NIOEmbedded
import TLS
import TestKit
import Testing

@testable import TLSNIO

@Suite struct HandshakeTurnsTests {
    /// A server's channel whose handshake has to wait, and its client.
    private final class Connection {
        let channel: EmbeddedChannel
        let socket = EmbeddedSocket()
        let application = Application()
        let client: TLSEnd
        private(set) weak var tls: TLSHandler?

        init(_ turns: HandshakeTurns, _ loop: EmbeddedEventLoop, sharing output: TLSOutput = TLSOutput()) throws {
            let fixtures = try CertificateFixtures.shared
            let session = try TLSSession(server: TLSContext(.server(fixtures.server)), output: output)
            let tls = TLSHandler(session: session, deadlines: DeadlineTests.deadlines, turns: turns)
            channel = EmbeddedChannel(loop: loop)
            let context = try TLSContext(.client(trust: fixtures.ca))
            client = try TLSEnd(TLSSession(client: context, expecting: .dns("localhost")))
            self.tls = tls
            try channel.pipeline.syncOperations.addHandlers([socket, tls, application])
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
            client.receive([])
        }

        /// What the client has to say arrives, in one read.
        func speak() { socket.deliver(client.takeOutput()) }

        /// - Returns: whether there was anything for the client.
        @discardableResult
        func listen() -> Bool {
            let sent = socket.takeSent()
            client.receive(sent)
            return !sent.isEmpty
        }

        var isEstablished: Bool { application.events.contains(.established(nil)) }
    }

    private let loop = EmbeddedEventLoop()

    /// An embedded loop has no sockets to look at; here a look takes a while.
    private static let look = TimeAmount.microseconds(20)

    private func turn() { loop.advanceTime(by: Self.look) }

    private func makeTurns(
        on loop: EmbeddedEventLoop? = nil,
        most: Int = HandshakeTurns.most,
        onChange: @escaping (Int) -> Void = { _ in }
    ) -> HandshakeTurns {
        let loop = loop ?? self.loop
        return HandshakeTurns(
            loop: loop,
            most: most,
            afterLook: { loop.assumeIsolated().scheduleTask(in: Self.look, $0) },
            onChange: onChange
        )
    }

    /// Whoever speaks before the loop looks at its sockets again stands in line.
    private func fill(_ turns: HandshakeTurns) { while turns.begin() {} }

    /// No timer may be left over when the loop goes.
    private func end(_ connections: [Connection]) {
        for connection in connections { connection.tls?.abort() }
        loop.advanceTime(by: .hours(1))
    }

    @Test func `so many are answered at once and after each look at the sockets, in the order in which they came`()
        throws
    {
        let turns = makeTurns(most: 2)
        let output = TLSOutput()
        let connections = try (0..<5).map { _ in try Connection(turns, loop, sharing: output) }
        for connection in connections { connection.speak() }
        #expect(turns.count == 3)
        #expect(connections.map { $0.listen() } == [true, true, false, false, false])
        loop.run()
        #expect(connections.map { $0.listen() } == [false, false, false, false, false], "the loop has not looked yet")
        turn()
        #expect(connections.map { $0.listen() } == [false, false, true, true, false])
        // Those of before say their last word, and stand behind the fifth.
        for connection in connections[..<4] { connection.speak() }
        turn()
        #expect(connections.map { $0.listen() } == [false, false, false, false, true])
        #expect(connections.map(\.isEstablished) == [true, false, false, false, false])
        turn()
        #expect(connections.map(\.isEstablished) == [true, true, true, false, false])
        turn()
        #expect(connections.map(\.isEstablished) == [true, true, true, true, false])
        #expect(turns.count == 0)
        connections[4].speak()
        #expect(connections[4].isEstablished)
        end(connections)
    }

    @Test func `who is alone never waits`() throws {
        let turns = makeTurns(most: 1)
        let connection = try Connection(turns, loop)
        connection.speak()
        #expect(connection.listen())
        loop.run()
        connection.speak()
        #expect(connection.isEstablished)
        end([connection])
    }

    @Test func `while it waits nothing is read, and then all goes on`() throws {
        let turns = makeTurns()
        fill(turns)
        let connection = try Connection(turns, loop)
        #expect(connection.socket.readIsPending)
        connection.speak()
        #expect(!connection.socket.readIsPending)
        turn()
        #expect(connection.socket.readIsPending)
        connection.listen()
        fill(turns)
        try connection.client.send("one ")
        connection.speak()
        #expect(!connection.socket.readIsPending)
        turn()
        #expect(connection.application.text == "one ")
        #expect(connection.socket.readIsPending)
        try connection.client.send("two")
        connection.speak()
        #expect(connection.application.text == "one two")
        connection.channel.writeAndFlush(ByteBuffer(string: "hello"), promise: nil)
        connection.listen()
        #expect(connection.client.plaintext == Array("hello".utf8))
        end([connection])
    }

    @Test func `whoever is not there any more has no turn, and is forgotten`() throws {
        let turns = makeTurns(most: 1)
        fill(turns)
        let connections = try (0..<3).map { _ in try Connection(turns, loop) }
        for connection in connections { connection.speak() }
        connections[0].socket.deliverFIN()
        connections[1].socket.fail(ChannelError.eof)
        #expect(turns.count == 1)
        turn()
        #expect(connections[2].listen())
        end(connections)
    }

    @Test func `the deadline holds for those who wait as well`() throws {
        // The line does not move.
        let turns = makeTurns(on: EmbeddedEventLoop(), most: 1)
        let connection = try Connection(turns, loop)
        connection.speak()
        loop.advanceTime(by: .seconds(7))
        #expect(connection.application.events == [.active, .timedOut(.handshake), .inactive])
        #expect(turns.count == 0)
        end([connection])
    }

    @Test func `the beginning of a message takes nobody's turn, and neither does it get its own later`() throws {
        let turns = makeTurns(most: 1)
        fill(turns)
        let connections = try (0..<3).map { _ in try Connection(turns, loop) }
        let hello = connections[0].client.takeOutput()
        connections[0].socket.deliver(Array(hello[..<50]))
        connections[1].speak()
        connections[2].speak()
        turn()
        #expect(connections.map { $0.listen() } == [false, true, false])
        connections[0].socket.deliver(Array(hello[50...]))
        turn()
        #expect(connections.map { $0.listen() } == [false, false, true])
        turn()
        #expect(connections.map { $0.listen() } == [true, false, false])
        end(connections)
    }

    @Test func `many beginnings do not hold up the loop`() throws {
        let turns = makeTurns(most: 1)
        fill(turns)
        let connections = try (0..<12).map { _ in try Connection(turns, loop) }
        for connection in connections { connection.socket.deliver([22]) }
        turn()
        #expect(turns.count == 4)
        turn()
        #expect(turns.count == 0)
        end(connections)
    }

    @Test func `what was said behind the handshake is not lost when the client leaves at once`() throws {
        let turns = makeTurns()
        fill(turns)
        let connection = try Connection(turns, loop)
        connection.speak()
        turn()
        connection.listen()
        try connection.client.send("last words")
        connection.client.close()
        connection.speak()
        connection.socket.deliverFIN()
        #expect(connection.application.text == "last words")
        #expect(
            connection.application.events == [.active, .established(nil), .plaintext, .inputClosed, .inactive]
        )
        end([connection])
    }

    @Test func `who leaves before the first answer costs none`() throws {
        let turns = makeTurns()
        fill(turns)
        let connection = try Connection(turns, loop)
        connection.speak()
        connection.socket.deliverFIN()
        turn()
        #expect(connection.socket.takeSent() == [])
        #expect(connection.application.events == [.active, .failed(.truncated), .inactive])
        end([connection])
    }

    @Test func `only so much waits`() throws {
        let turns = makeTurns()
        fill(turns)
        let connection = try Connection(turns, loop)
        connection.speak()
        connection.socket.deliver([UInt8](repeating: 0, count: 32 * 1024))
        #expect(turns.count == 0)
        #expect(connection.application.errors.count == 1)
        turn()
        end([connection])
    }

    @Test func `who wants to know hears how long the line is`() throws {
        var told = 0
        let turns = makeTurns(most: 1) { told += $0 }
        fill(turns)
        let connections = try (0..<3).map { _ in try Connection(turns, loop) }
        for connection in connections { connection.speak() }
        #expect(told == 3)
        connections[1].socket.deliverFIN()
        #expect(told == 2)
        turn()
        #expect(told == 1)
        end(connections)
        #expect(told == 0)
    }

    @Test func `nobody is kept by the line`() throws {
        weak var handler: TLSHandler?
        let turns = makeTurns()
        fill(turns)
        do {
            let connection = try Connection(turns, loop)
            handler = connection.tls
            connection.speak()
            connection.tls?.abort()
            loop.run()
        }
        turn()
        #expect(handler == nil)
    }
}

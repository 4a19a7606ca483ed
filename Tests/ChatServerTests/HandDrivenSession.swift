import Logging
import NIOCore
import NIOEmbedded
import TLS
import TLSNIO
import TestKit

@testable import ChatServer

/// A connection with conclave/1 to a ``House``, with every hand on the wire and on the socket.
final class HandDrivenSession {
    let handler: SessionHandler
    let socket = EmbeddedSocket()
    private let house: House
    private let channel: EmbeddedChannel
    private let client: TLSEnd

    init(_ house: House) throws {
        self.house = house
        let fixtures = try CertificateFixtures.shared
        var configuration = TLSConfiguration.server(fixtures.server)
        configuration.applicationProtocols = ServerConfiguration.applicationProtocols
        var own = TLSConfiguration.client(trust: fixtures.ca)
        own.applicationProtocols = ServerConfiguration.applicationProtocols
        client = TLSEnd(try TLSSession(client: TLSContext(own), expecting: .dns("localhost")))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        channel = EmbeddedChannel(loop: house.loop)
        channel.remoteAddress = try SocketAddress(ipAddress: "127.0.0.1", port: 1)
        guard case .guest(let pass) = Door(limits: house.shard.limits, logger: logger).receive(channel) else {
            throw NotReceived()
        }
        let session = try TLSSession(server: TLSContext(configuration), output: house.shard.output)
        let tls = TLSHandler(session: session)
        handler = SessionHandler(shard: house.shard, tls: tls, pass: pass, logger: logger)
        try channel.pipeline.syncOperations.addHandlers([socket, tls, handler])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        client.step()
        pump()
    }

    deinit {
        handler.abort()
        house.settle()
        house.loop.advanceTime(by: .hours(1))
    }

    /// Whether the connection takes what it is to get.
    var isWritable: Bool {
        get { channel.isWritable }
        set {
            channel.isWritable = newValue
            channel.pipeline.fireChannelWritabilityChanged()
        }
    }

    /// Sends lines, all in one read, if the server reads.
    func send(_ text: String) throws {
        try client.send(text)
        pump()
    }

    /// Lets everything happen that can.
    func pump() {
        for _ in 0..<1000 {
            house.settle()
            let out = client.takeOutput()
            if !out.isEmpty { socket.deliver(out) }
            let sent = socket.takeSent()
            if !sent.isEmpty { client.receive(sent) }
            if out.isEmpty, sent.isEmpty { break }
        }
        house.settle()
    }

    /// The lines that have come so far.
    var lines: [Substring] { String(decoding: client.plaintext, as: UTF8.self).split(separator: "\n") }

    struct NotReceived: Error {}
}

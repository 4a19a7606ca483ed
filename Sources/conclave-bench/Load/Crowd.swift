import TLS

/// All clients of a load, driven by one thread.
final class Crowd {
    /// By their keys, which count from 0 in the order of connecting.
    private(set) var clients: [LoadClient] = []
    private(set) var handshaking = 0
    /// Members that are inside.
    private(set) var members = 0
    private(set) var stopped = 0
    private(set) var leaving = 0
    private(set) var failedHandshakes = 0
    /// Why the first of them failed.
    private(set) var firstFailure: String?
    /// The numbers of members whose connection ended before they left.
    private(set) var lostMembers: [Int] = []
    var hearing: Hearing

    private let address: SocketAddress
    private let tls: TLSContext
    private let name: TLSPeerName
    private let poller: Poller
    private let buffers = LinkBuffers()

    /// A crowd of clients that believe any certificate: they measure the server, they do not trust it.
    init(_ plan: LoadPlan, connectingTo address: SocketAddress) throws {
        self.address = address
        tls = try TLSContext(.client(trust: .dangerouslyAcceptAny))
        guard let name = TLSPeerName("localhost") else { preconditionFailure("a good name") }
        self.name = name
        poller = try Poller()
        hearing = Hearing(receivers: plan.clients, senders: plan.senders)
    }

    /// Begins to connect one more client.
    @discardableResult
    func connect(as role: LoadClient.Role) throws -> LoadClient {
        // One that never reads has a small buffer, so that the server soon feels it.
        let socket = try Socket.connecting(to: address, receiveBuffer: role == .stopped ? 4096 : nil)
        let session = try TLSSession(client: tls, expecting: name, output: buffers.output)
        let client = LoadClient(role, try Link(socket, key: clients.count, session: session, poller: poller))
        clients.append(client)
        handshaking += 1
        client.link.begin(buffers)
        return client
    }

    /// Receives what has come, and sends what was kept.
    /// - Parameter nanoseconds: how long to wait for something to do, at most.
    func pump(nanoseconds: UInt64) {
        for index in 0..<poller.wait(nanoseconds: nanoseconds) {
            let ready = poller[index]
            let client = clients[ready.key]
            if ready.isWritable { client.link.sendKept() }
            if ready.isReadable { receive(client) }
        }
    }

    /// Lets a member say something, in one piece.
    func say(_ lines: RawSpan, as client: LoadClient) {
        client.link.send(lines, buffers)
    }

    /// Says close_notify and FIN for a client. It is gone when the server has answered, or if it never reads.
    func leave(_ client: LoadClient) {
        guard client.phase == .inside else { return }
        client.link.finish(buffers)
        if client.role == .stopped {
            drop(client)
        } else {
            move(client, to: .leaving)
        }
    }

    /// Closes a client's socket.
    func drop(_ client: LoadClient) {
        move(client, to: .gone)
        client.link.drop()
    }

    /// Frees all clients. None of them may be left.
    func clear() {
        precondition(clients.allSatisfy { $0.phase == .gone }, "a client is still there")
        clients = []
    }

    @inline(__always)
    private func receive(_ client: LoadClient) {
        client.link.receive(buffers) { plaintext in
            guard case .member(let number) = client.role else { return }
            hearing.hear(plaintext, with: &client.splitter, receiver: number)
            client.hasHeard = true
        }
        if client.phase == .handshaking, client.link.isEstablished {
            move(client, to: .inside)
            if client.role == .stopped { client.link.stopReading() }
        }
        if let end = client.link.end { ended(client, end) }
    }

    private func ended(_ client: LoadClient, _ end: Link.End) {
        switch client.phase {
        case .handshaking:
            failedHandshakes += 1
            firstFailure = firstFailure ?? "\(end)"
        case .inside:
            if case .member(let number) = client.role { lostMembers.append(number) }
        case .leaving, .gone: break
        }
        drop(client)
    }

    private func move(_ client: LoadClient, to phase: LoadClient.Phase) {
        count(client, by: -1)
        client.phase = phase
        count(client, by: 1)
    }

    private func count(_ client: LoadClient, by step: Int) {
        switch client.phase {
        case .handshaking: handshaking += step
        case .inside: if client.role == .stopped { stopped += step } else { members += step }
        case .leaving: leaving += step
        case .gone: break
        }
    }
}

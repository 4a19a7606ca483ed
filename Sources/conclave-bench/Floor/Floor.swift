import ChatServer
import Glibc
import TLS

/// The reference: the least that a server can do to pass lines on to all over the same TLS. It has no limits, names,
/// history or announcements, and runs on one thread.
final class Floor {
    /// Where it listens, with the port that the system picked.
    let address: ListenAddress

    private let listener: CInt
    private let tls: TLSContext
    private let isLone: Bool
    private let poller: Poller
    private let buffers = LinkBuffers()
    /// By their keys, which are their descriptors.
    private var peers: [Int: FloorPeer] = [:]
    /// Those who have completed the handshake.
    private var members: [FloorPeer] = []
    private var hasLostMembers = false
    private var nextNumber = 1
    /// What was said and is still to be told, each line with its number in front; and, where each is told alone, their ends.
    private var said: [UInt8] = []
    private var lineEnds: [Int] = []

    /// Begins to listen.
    /// - Parameter isLone: whether each line is a record of its own; else all lines of one turn of the loop are joined.
    init(on address: ListenAddress, tls: TLSContext, isLone: Bool) throws {
        self.tls = tls
        self.isLone = isLone
        poller = try Poller()
        listener = try Socket.listening(on: SocketAddress(address))
        try poller.add(listener, key: Int(listener))
        self.address = ListenAddress(host: address.host, port: try SocketAddress(boundTo: listener).port)
    }

    deinit { close(listener) }

    /// One turn of the loop: everything that is ready now is read, and what was said in it goes to all.
    /// - Parameter nanoseconds: how long to wait for something to do, at most.
    func turn(nanoseconds: UInt64) {
        for index in 0..<poller.wait(nanoseconds: nanoseconds) {
            let ready = poller[index]
            if ready.key == Int(listener) {
                acceptAll()
            } else if let peer = peers[ready.key] {
                if ready.isWritable { peer.link.sendKept() }
                if ready.isReadable { receive(peer) }
            }
        }
        tellAll()
        if hasLostMembers {
            members.removeAll { $0.isGone }
            hasLostMembers = false
        }
    }

    private func acceptAll() {
        while let socket = Socket.accept(from: listener) {
            guard let session = try? TLSSession(server: tls, output: buffers.output) else {
                close(socket)
                continue
            }
            // A link that cannot be made closes its socket itself.
            guard let link = try? Link(socket, key: Int(socket), session: session, poller: poller) else { continue }
            peers[Int(socket)] = FloorPeer(link, key: Int(socket))
        }
    }

    private func receive(_ peer: FloorPeer) {
        peer.link.receive(buffers) { plaintext in
            peer.splitter.feed(plaintext) { line in say(line, by: peer) }
        }
        if !peer.isMember, peer.link.isEstablished {
            peer.enter(as: nextNumber)
            nextNumber += 1
            members.append(peer)
        }
        if peer.link.end != nil { drop(peer) }
        if isLone { tellAll() }
    }

    /// Only notes what is to be told: in the middle of a read the shared output is not ours to send.
    private func say(_ line: RawSpan, by peer: FloorPeer) {
        said.append(contentsOf: peer.prefix)
        line.withUnsafeBytes { said.append(contentsOf: $0) }
        said.append(UInt8(ascii: "\n"))
        if isLone { lineEnds.append(said.count) }
    }

    private func tellAll() {
        guard !said.isEmpty else { return }
        if isLone {
            var start = 0
            for end in lineEnds {
                tellAll(said.span.bytes.extracting(start..<end))
                start = end
            }
            lineEnds.removeAll(keepingCapacity: true)
        } else {
            tellAll(said.span.bytes)
        }
        said.removeAll(keepingCapacity: true)
    }

    private func tellAll(_ lines: RawSpan) {
        for member in members where !member.isGone { member.link.send(lines, buffers) }
    }

    private func drop(_ peer: FloorPeer) {
        peer.isGone = true
        hasLostMembers = true
        peers[peer.key] = nil
        peer.link.finish(buffers)
        peer.link.drop()
    }
}

import ChatCore
import ChatWire
import TestKit

/// The least of a server that keeps conclave/1's word: one room, members known by a secret, and messages known by an id.
struct ModelServer {
    struct Link {
        let secret: SessionSecret
        var member: Int
        /// What of the room it has been told; nil: it is not in the room.
        var told: Int?
        var toServer: [StructuredRequest] = []
        var toClient: [StructuredFrame] = []
    }

    struct Member {
        let uid: UInt64
        let holder: Int
        var isInRoom = false
    }

    private(set) var log: [RoomEvent] = []
    private var members: [Member] = []
    private var living: [SessionSecret: Int] = [:]
    private var departed: [SessionSecret: Int] = [:]
    private var receipts: [String: UInt64] = [:]
    private var links: [Int: Link] = [:]
    private var random: SeededGenerator
    private let epoch = Talk.epoch(7)

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func connect(_ client: Int) {
        let secret = SessionSecret(using: &random)
        members.append(Member(uid: UInt64(members.count + 1), holder: members.count))
        living[secret] = members.count - 1
        links[client] = Link(secret: secret, member: members.count - 1)
        var welcome = Talk.welcome(0, UInt64(members.count))
        welcome.session = secret
        links[client]?.toClient.append(.welcome(welcome))
    }

    /// The client's connection is gone: some of what was on its way arrives, and the server may notice or not.
    mutating func cut(_ client: Int) throws {
        for _ in 0..<Int.random(in: 0...(links[client]?.toServer.count ?? 0), using: &random) { try take(from: client) }
        guard let link = links.removeValue(forKey: client), random.once(in: 3) else { return }
        guard let secret = living.first(where: { $0.value == link.member })?.key else { return }
        living[secret] = nil
        departed[secret] = members[link.member].holder
        if members[link.member].isInRoom { publish(.left(author(link.member))) }
        members[link.member].isInRoom = false
    }

    mutating func send(_ requests: [StructuredRequest], from client: Int) {
        links[client]?.toServer += requests
    }

    /// The next that is on its way to the client.
    mutating func deliver(to client: Int) -> StructuredFrame? {
        guard let link = links[client], !link.toClient.isEmpty else { return nil }
        return links[client]?.toClient.removeFirst()
    }

    /// Does the next that is on its way to the server.
    mutating func take(from client: Int) throws {
        guard var link = links[client], !link.toServer.isEmpty else { return }
        let request = link.toServer.removeFirst()
        links[client] = link
        switch request.operation {
        case .enter(let room, let entry):
            let isResumed = resume(entry.session, client)
            try answer(client, request, .entered(enter(room, entry, isResumed, client)))
            follow(client)
        case .say(_, let text, _, let id):
            let member = links[client]?.member ?? 0
            let receipt = "\(members[member].holder) \(id?.text ?? "")"
            if let sequence = receipts[receipt] {
                return try answer(client, request, .said(sequence, again: true))
            }
            publish(.said(author(member), text), id)
            receipts[receipt] = UInt64(log.count)
            try answer(client, request, .said(UInt64(log.count), again: false))
        default: try answer(client, request, .done)
        }
    }

    private mutating func resume(_ secret: SessionSecret?, _ client: Int) -> Bool? {
        guard let secret, let link = links[client] else { return nil }
        if let old = living[secret] {
            living[link.secret] = nil
            links[client]?.member = old
            return true
        }
        if let holder = departed[secret] {
            members.append(Member(uid: members[link.member].uid, holder: holder))
            living[link.secret] = members.count - 1
            links[client]?.member = members.count - 1
        }
        return false
    }

    private mutating func enter(
        _ room: RoomName,
        _ entry: Entry,
        _ isResumed: Bool?,
        _ client: Int
    ) -> StructuredEnter {
        let member = links[client]?.member ?? 0
        if !members[member].isInRoom { publish(.entered(author(member))) }
        members[member].isInRoom = true
        var told = log.count
        if case .after(let sequence, _) = entry.start { told = Int(sequence) }
        links[client]?.told = told
        var entered = Talk.entered(room, uid: members[member].uid, head: UInt64(log.count), isResumed: isResumed)
        entered.after = UInt64(told)
        entered.epoch = epoch
        return entered
    }

    private mutating func publish(_ body: Event.Body, _ id: MessageID? = nil) {
        let sequence = UInt64(log.count + 1)
        log.append(
            RoomEvent(room: .lobby, sequence: sequence, at: Timestamp(milliseconds: 0), body: body, id: id)
        )
        for client in links.keys { follow(client) }
    }

    private mutating func follow(_ client: Int) {
        guard let link = links[client], let told = link.told, told < log.count else { return }
        links[client]?.told = log.count
        links[client]?.toClient += log[told...].map { .event($0) }
    }

    private mutating func answer(_ client: Int, _ request: StructuredRequest, _ reply: StructuredReply) throws {
        var line: [UInt8] = []
        reply.encode(ref: request.ref ?? "", into: &line)
        links[client]?.toClient.append(try .read(line))
    }

    private func author(_ member: Int) -> Author { Author(MemberID(members[member].uid)) }
}

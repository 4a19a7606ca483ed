import ChatCore
import ChatWire
import TestKit
import Testing

@testable import ChatClient

/// A session and a hand-made server around it: what the session says is looked at, and what it hears is made up.
struct Talk {
    var session: ClientSession
    var now = Duration.zero
    private(set) var sent: [StructuredRequest] = []
    private(set) var told: [ChatEvent] = []
    private(set) var completed: [RequestNumber: ClientSession.Outcome] = [:]

    static let endpoint = Endpoint(host: "localhost")

    init(seed: UInt64 = 1, _ configure: (inout ClientOptions) -> Void = { _ in }) {
        var options = ClientOptions()
        options.random = SeededGenerator(seed: seed)
        configure(&options)
        session = ClientSession(endpoint: Self.endpoint, options: options)
        collect()
    }

    // MARK: The connection

    /// A connection whose server says welcome with that secret.
    mutating func connect(secret: UInt64, uid: UInt64 = 1) {
        session.connected(at: now)
        hear(.welcome(Self.welcome(secret, uid)))
    }

    /// The connection is lost, and the next attempt is due.
    mutating func lose(_ error: ClientError = .cutOff(endpoint)) {
        session.lost(error, at: now)
        sent = []
        waitForTurn()
        collect()
    }

    mutating func waitForTurn() {
        guard case .wait(let until) = session.intention else { return }
        now = until
        session.tick(at: now)
    }

    mutating func pass(_ time: Duration) {
        now += time
        session.tick(at: now)
        collect()
    }

    mutating func hear(_ frame: StructuredFrame) {
        session.received(frame, at: now)
        collect()
    }

    // MARK: Requests

    mutating func ask(_ number: RequestNumber, _ operation: StructuredRequest.Operation) {
        session.ask(number, operation, at: now)
        collect()
    }

    mutating func say(_ number: RequestNumber, _ text: String, in room: RoomName = .lobby) {
        ask(number, .say(room, CleanText(text), isAction: false, id: MessageID("id-\(number)")))
    }

    mutating func cancel(_ number: RequestNumber) {
        session.cancel(number, at: now)
        collect()
    }

    mutating func close(_ number: RequestNumber) {
        session.close(number, at: now)
        collect()
    }

    mutating func stall(_ isStalled: Bool) { session.stalled(isStalled, at: now) }

    // MARK: Answers

    /// Answers the oldest request that was sent, by way of its bytes.
    /// - Returns: what was asked.
    @discardableResult
    mutating func answer(_ reply: StructuredReply) throws -> StructuredRequest.Operation {
        let request = try #require(sent.first)
        sent.removeFirst()
        var line: [UInt8] = []
        reply.encode(ref: try #require(request.ref), into: &line)
        hear(try .read(line))
        return request.operation
    }

    @discardableResult
    mutating func refuse(
        _ code: StructuredError.Code,
        withReference: Bool = true
    ) throws -> StructuredRequest.Operation {
        let request = try #require(sent.first)
        sent.removeFirst()
        hear(.answer(StructuredAnswer(ref: withReference ? request.ref : nil, .failure(Self.error(code)))))
        return request.operation
    }

    /// Enters the lobby for the first time.
    mutating func enter(as nick: Nickname? = nil, head: UInt64 = 1) throws {
        ask(1, .enter(.lobby, Entry(as: nick)))
        try answer(.entered(Self.entered(name: nick, head: head)))
        _ = takeTold()
    }

    // MARK: What came of it

    mutating func takeRequests() -> [StructuredRequest] {
        defer { sent = [] }
        return sent
    }

    mutating func takeSent() -> [StructuredRequest.Operation] {
        defer { sent = [] }
        return sent.map(\.operation)
    }

    var operations: [StructuredRequest.Operation] { sent.map(\.operation) }

    mutating func takeTold() -> [ChatEvent] {
        defer { told = [] }
        return told
    }

    private mutating func collect() {
        for output in session.takeOutputs() {
            switch output {
            case .send(let request): sent.append(request)
            case .tell(let event): told.append(event)
            case .complete(let number, let outcome):
                #expect(completed[number] == nil, "\(number) was completed twice")
                completed[number] = outcome
            }
        }
    }

    // MARK: Things to say

    static func secret(_ number: UInt64) -> SessionSecret {
        var random = SeededGenerator(seed: number)
        return SessionSecret(using: &random)
    }

    static func epoch(_ number: UInt64) -> Epoch {
        var random = SeededGenerator(seed: number)
        return Epoch(using: &random)
    }

    static func welcome(_ secret: UInt64, _ uid: UInt64) -> StructuredWelcome {
        StructuredWelcome(
            server: "test",
            member: MemberID(uid),
            session: Self.secret(secret),
            address: "127.0.0.1:1",
            limits: StructuredWelcome.Limits(line: 4096, frame: 65536, messages: 0, burst: 0, rooms: 0)
        )
    }

    static func entered(
        _ room: RoomName = .lobby,
        uid: UInt64 = 1,
        name: Nickname? = nil,
        epoch: UInt64 = 7,
        head: UInt64 = 1,
        after: UInt64? = nil,
        isReset: Bool = false,
        isResumed: Bool? = nil
    ) -> StructuredEnter {
        let author = Author(MemberID(uid), name: name)
        return StructuredEnter(
            room: room,
            author: author,
            epoch: Self.epoch(epoch),
            head: head,
            after: after ?? head,
            missed: 0,
            isReset: isReset,
            isResumed: isResumed,
            members: [author],
            more: 0,
            topic: nil,
            isPrivate: false,
            slow: 0,
            isModerator: false,
            keeps: StructuredEnter.Keeps(messages: nil, days: nil, bytes: nil)
        )
    }

    static func event(_ sequence: UInt64, in room: RoomName = .lobby, _ text: String = "x") -> RoomEvent {
        RoomEvent(
            room: room,
            sequence: sequence,
            at: Timestamp(milliseconds: 0),
            body: .said(Author(MemberID(2)), CleanText(text))
        )
    }

    static func error(_ code: StructuredError.Code) -> StructuredError { StructuredError(code, "no") }
}

extension StructuredFrame {
    /// Reads a line with its LF.
    static func read(_ line: [UInt8]) throws -> StructuredFrame {
        let line = Array(line.dropLast())
        return try StructuredFrame(line.span.bytes)
    }
}

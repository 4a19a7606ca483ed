import ChatCore
import ChatWire

/// The server without its network: bytes from one, and from them lines for all who read.
final class TextServer {
    /// What somebody was sent, and why.
    struct Delivery {
        enum Origin {
            case event(Event.Body)
            case past(Event)
            case answer(Answer)
            case entry
        }

        let origin: Origin
        let bytes: [UInt8]
    }

    private let state: ChatState
    private let log = RecentEvents(RecentEvents.Limits(messages: 100), isAll: true)
    private let now = Timestamp(milliseconds: 1_795_343_510_000)
    private var decoders: [SessionID: TextDecoder] = [:]
    private var readers: [RoomID: [SessionID]] = [:]
    private var received: [SessionID: [Delivery]] = [:]
    private var serial: UInt64 = 0

    init(limits: RoomLimits = RoomLimits()) {
        state = ChatState(limits: limits)
    }

    func come() -> SessionID {
        serial += 1
        let session = SessionID(shard: 0, serial: serial)
        decoders[session] = TextDecoder()
        run(session, .arrive(from: nil))
        return session
    }

    func send(_ session: SessionID, _ text: String) {
        send(session, Array(text.utf8))
    }

    func send(_ session: SessionID, _ bytes: [UInt8]) {
        var inputs: [TextInput] = []
        _ = decoders[session]?.feed(bytes.span.bytes) { input, _ in
            inputs.append(input)
            return true
        }
        for input in inputs {
            switch input {
            case .request(.nothing): break
            case .request(.say(let text)): run(session, .say(text))
            case .request(.command(.act(let action), _)): run(session, action)
            // Here the password is always right.
            case .request(.command(.becomeOperator, _)): run(session, .becomeOperator)
            case .request(.command(.quit, _)), .foreign: run(session, .depart)
            case .request(.problem(let problem)): run(session, .aside(.problem(problem)))
            case .tooLong: run(session, .aside(.tooLong))
            }
        }
    }

    /// What has come for a session since it was last asked for.
    func take(_ session: SessionID) -> [Delivery] {
        received.removeValue(forKey: session) ?? []
    }

    private func run(_ session: SessionID, _ action: Action) {
        for outcome in state.apply([Command(session, action)], at: now) { deliver(outcome) }
    }

    private func deliver(_ outcome: Outcome) {
        switch outcome {
        case .event(let event):
            log.append([event])
            var bytes: [UInt8] = []
            TextCodec.encode(event.body, into: &bytes)
            for reader in readers[event.room, default: []] { add(reader, .event(event.body), bytes) }
        case .enters(let session, let room, let view, _):
            add(session, .entry, Array(TextCodec.entered(view).utf8))
            replay(room, 20, to: session)
            add(session, .entry, Array(TextCodec.retention(.inMemory(messages: 100, bytes: 1), afterlife: 600).utf8))
            readers[room, default: []].append(session)
        case .leaves(let session, let room): readers[room]?.removeAll { $0 == session }
        case .answer(let session, let answer): add(session, .answer(answer), Array(text(answer).utf8))
        case .follows, .page, .past: break  // no text client asks for these
        case .replay(let session, let room, let count, _): replay(room, count, to: session)
        case .verifies(let session, let author, _):
            let words = Answer.verification(author, [0])
            add(session, .answer(words), Array(text(words).utf8))
        case .done: break
        case .closes(let session): decoders[session] = nil
        case .ended(let room): log.forget(room)
        case .fact(.forgotten(let room, let member, let range)): log.forget(member, in: room, range)
        case .fact: break
        }
    }

    private func text(_ answer: Answer) -> String {
        switch answer {
        case .welcome(let member, let time): TextCodec.welcome(member, from: "192.0.2.1:5", at: time, utcOffset: 0)
        case .aside(.show(let change)): TextCodec.changed(change)
        case .aside(.help(let spec)): spec.map { TextCodec.help($0) } ?? TextCodec.help(lineLimit: 4096)
        case .aside(.problem(let problem)): TextCodec.problem(problem)
        case .aside(.tooLong): TextCodec.tooLong(limit: 4096)
        default: TextCodec.answer(answer)
        }
    }

    private func replay(_ room: RoomID, _ count: Int, to session: SessionID) {
        for event in log.recall(.messages(room, through: .max, limit: count)) ?? [] {
            add(session, .past(event), TextCodec.replayed(event, utcOffset: 0))
        }
    }

    private func add(_ session: SessionID, _ origin: Delivery.Origin, _ bytes: [UInt8]) {
        received[session, default: []].append(Delivery(origin: origin, bytes: bytes))
    }
}

extension TextServer.Delivery {
    /// Its lines, each without its end.
    var lines: [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }
}

internal import ChatCore
internal import ChatWire

/// What a connection says in conclave/1. Each request has its place in the queue of those that are to be answered.
final class StructuredInbound: InboundCodec {
    private var decoder: StructuredDecoder
    private let outbound: StructuredOutbound

    init(_ limits: ServerLimits, answering outbound: StructuredOutbound) {
        decoder = StructuredDecoder(frameLimit: limits.frameBytes, textLimit: limits.lineBytes)
        self.outbound = outbound
    }

    func arrival(of visitor: Visitor) -> Action { .connect(visitor) }

    func feed(_ bytes: RawSpan, _ found: (consuming Input, Int) -> Bool) -> Int {
        decoder.feed(bytes) { found(input($0), $1) }
    }

    func finish(_ found: (Input) -> Void) {
        decoder.finish { found(input($0)) }
    }

    private func input(_ read: Result<StructuredRequest, RequestProblem>) -> Input {
        switch read {
        case .success(let request):
            outbound.expect(request.ref, nil)
            if case .bye = request.operation { outbound.willClose(.bye, "goodbye") }
            return request.operation.input
        case .failure(let problem):
            // It goes the way of all requests, so that its answer keeps its place among theirs.
            outbound.expect(problem.ref, problem.error)
            return .ask(.ping, in: nil, cost: 1)
        }
    }
}

extension StructuredRequest.Operation {
    /// What it counts for is what the same command of the text protocol does.
    fileprivate var input: Input {
        switch self {
        case .enter(let room, let entry): .ask(.enter(room, entry), in: room, cost: 5)
        case .leave(let room): .ask(.leave, in: room, cost: 5)
        case .say(let room, let text, let isAction, let id):
            .ask(.post(text, isAction: isAction, id: id), in: room, cost: 1)
        case .whisper(let whom, let text): .ask(.whisper(to: whom, text), in: nil, cost: 1)
        case .rename(let name): .ask(.name(name), in: nil, cost: 5)
        case .who(let room, let prefix, let after):
            .ask(.listMembers(prefix: prefix, after: after), in: room, cost: 10)
        case .rooms(let prefix): .ask(.listRooms(prefix: prefix), in: nil, cost: 10)
        case .topic(let room, let text): .ask(.topic(text), in: room, cost: 2)
        case .history(let room, let past): .ask(.past(past), in: room, cost: 10)
        case .search(let room, let text, let before, let limit):
            // That there are words in it was seen to when it was read.
            .ask(.past(Past(search: text, before: before, limit: limit) ?? Past(before: 0)), in: room, cost: 10)
        case .forget: .ask(.forget, in: nil, cost: 50)
        case .invite(let room, let whom): .ask(.invite(whom), in: room, cost: 2)
        case .away(let text): .ask(.away(text), in: nil, cost: 1)
        case .kick(let room, let whom, let reason): .ask(.kick(whom, reason: reason), in: room, cost: 1)
        case .ban(let room, let target, let seconds, let reason):
            .ask(.ban(target, seconds: seconds, reason: reason), in: room, cost: 1)
        case .unban(let room, let label): .ask(.unban(label), in: room, cost: 2)
        case .bans(let room): .ask(.listBans, in: room, cost: 5)
        case .mute(let room, let whom, let seconds): .ask(.mute(whom, seconds: seconds), in: room, cost: 1)
        case .unmute(let room, let whom): .ask(.unmute(whom), in: room, cost: 2)
        case .setModerator(let room, let whom, let isOne): .ask(.setModerator(whom, isOne), in: room, cost: 1)
        case .slow(let room, let seconds): .ask(.slow(seconds: seconds), in: room, cost: 1)
        case .lockdown(let room, let isOn): .ask(.lockdown(isOn), in: room, cost: 1)
        case .setPrivate(let room, let isOn): .ask(.setPrivate(isOn), in: room, cost: 1)
        case .announce(let text): .ask(.announce(text), in: nil, cost: 1)
        case .oper(let account, let password): .becomeOperator(account: account, password: password, cost: 5)
        case .whois(let whom): .ask(.whois(whom), in: nil, cost: 2)
        case .release(let name): .ask(.release(name), in: nil, cost: 5)
        case .link(let code): .ask(code.map(Action.useCode) ?? .makeCode, in: nil, cost: 5)
        case .verify(let whom): .ask(.verify(whom), in: nil, cost: 2)
        case .admit(let key, let name): .ask(.admit(key, name), in: nil, cost: 5)
        case .ping: .ask(.ping, in: nil, cost: 1)
        case .bye: .leave(isAnswered: true)
        }
    }
}

internal import ChatCore
internal import Logging
internal import NIOCore

/// What a member asks for, and who sees to it.
extension SessionHandler {
    func act(on input: consuming Input, as member: Member) {
        switch consume input {
        case .nothing: break
        case .ask(let action, let room, let cost):
            guard isWorthIt(cost) else { return }
            ask(for: action, in: room, as: member)
        case .becomeOperator(let account, let password, let cost):
            guard isWorthIt(cost) else { return }
            check(account, password, of: member)
        case .leave(let isAnswered):
            if isAnswered { ask(for: .ping, in: nil, as: member) }
            leave(member)
        case .foreign:
            reply(member.outbound.foreign())
            leave(member)
        }
    }

    /// - Returns: false if nobody is there to read what it would cost us to answer.
    private func isWorthIt(_ cost: Int64) -> Bool {
        guard isConnected || cost == 1 else { return false }
        if cost > 1 { isAwaitingAnswer = true }
        return true
    }

    /// Of everything but speech the shard says when it is done; see ``answered()``.
    private func ask(for action: consuming Action, in room: RoomName?, as member: Member) {
        if action.isAnswered { outstanding += 1 }
        submit(action, in: room, as: member)
    }

    private func submit(_ action: consuming Action, in room: RoomName? = nil, as member: Member) {
        do {
            shard.submit(Command(member.session, in: room, try shard.moderation.clean(action)))
        } catch {
            shard.submit(Command(member.session, .aside(.problem(error))))
        }
    }

    /// The password is checked elsewhere; until the verdict comes nothing more of this member is looked at.
    private func check(_ account: String, _ password: String, of member: Member) {
        guard let loop = context?.eventLoop else { return }
        outstanding += 1
        let bound = NIOLoopBound(self, eventLoop: loop)
        let gate = shard.moderation.gate
        gate.check(account: account, password: Array(password.utf8), from: neighbourhood, now: Self.now) { verdict in
            loop.execute { bound.value.judged(verdict, account) }
        }
    }

    private func judged(_ verdict: PasswordGate.Verdict, _ account: String) {
        guard let member, state == .present else { return }
        switch verdict {
        case .accepted:
            logger.notice("operator", metadata: ["account": "\(account)", "peer": "\(member.address)"])
            submit(.becomeOperator, as: member)
        case .refused, .tooMany, .busy, .noOperators:
            // Of these each address has few; the others cost nobody anything, and shall not fill the log.
            if verdict == .refused { logger.warning("operator refused", metadata: ["peer": "\(member.address)"]) }
            submit(.aside(.problem(CommandProblem(verdict.reason, usage: nil))), as: member)
        }
    }

    /// As whom attempts are counted: IPv6 by the /64.
    private var neighbourhood: String {
        AddressRange.neighbourhood(of: pass.address).description
    }

    func reply(_ line: [UInt8]) {
        guard isConnected, let member else { return }
        member.reply(line)
        shard.attend(member)
    }
}

extension PasswordGate.Verdict {
    /// What the one who tried is told.
    fileprivate var reason: String {
        switch self {
        case .accepted: "welcome"
        case .refused: "there is no such operator, or the password is wrong"
        case .tooMany: "too many attempts from your address have failed; try again in ten minutes"
        case .busy: "too many are being checked; try again in a moment"
        case .noOperators: "this server has no operators with a password; conclaved --operator FILE names some"
        }
    }
}

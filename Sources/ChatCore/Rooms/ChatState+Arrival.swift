/// How one comes in: a guest under a number, and one with a key that is known as who it is.
extension ChatState {
    func arrive(_ session: SessionID, _ visitor: Visitor) {
        guard people[session] == nil, let device = admit(session, visitor) else { return }
        let name = ownName(of: device)
        var (other, refusal) = (Person?.none, Refusal?.none)
        if let name {
            do throws(Refusal) {
                other = try check(name, for: device)
                if let other { try checkJoining(other, as: device, from: device) }
            } catch {
                refusal = error
            }
        }
        answer(device, .welcome((other ?? device.person).member, at: now))
        if device.isOperator { answer(device, .isOperator) }
        if let refusal {
            answer(device, .refused(refusal))
        } else if let name {
            take(name, as: device, joining: other)
            answer(device, .named(device.author))
        }
        // It goes on where it was, if it has taken another connection's place.
        guard device.rooms.isEmpty else { return }
        do throws(Refusal) {
            try checkMembership(of: device)
            try checkDoor(of: lobby, for: device, device.person)
            enter(lobby, as: device)
        } catch {
            answer(device, .refused(error))  // and it is outside, where it may show that it is an operator
        }
    }

    func connect(_ session: SessionID, _ visitor: Visitor) {
        guard people[session] == nil, let device = admit(session, visitor) else { return }
        let secret = SessionSecret(using: &random)
        device.secret = secret
        secrets[secret] = device
        answer(device, .connected(device.member, secret, device.key))
    }

    /// What an authority calls it, or the name that was last used with its account.
    func ownName(of device: Device) -> Nickname? {
        device.proof?.certifiedName ?? accounts[device.key]?.names.last
    }

    // MARK: Members only

    /// - Throws: unless it may enter rooms.
    func checkMembership(of device: Device) throws(Refusal) {
        guard limits.accounts.membersOnly, !device.isOperator, accounts[device.key] == nil else { return }
        throw .membersOnly(device.key)
    }

    /// Who may not enter rooms may do nothing that anybody inside would notice.
    func checkMembership(of device: Device, for action: Action) throws(Refusal) {
        guard limits.accounts.membersOnly else { return }
        switch action {
        case .aside, .ping, .status, .verify(nil), .useCode, .becomeOperator: return
        default: try checkMembership(of: device)
        }
    }
}

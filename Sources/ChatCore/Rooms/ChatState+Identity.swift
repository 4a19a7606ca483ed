/// What one may know of oneself and of others, and what the owner of a key may do.
extension ChatState {
    func identify(_ action: Action, by device: Device) throws(Refusal) {
        switch action {
        case .whois(let whom): try whois(whom, for: device)
        case .status: status(for: device)
        case .verify(let whom): try verify(whom, for: device)
        case .release(let name): try release(name, by: device)
        case .makeCode: try makeCode(for: device)
        case .useCode(let code): try useCode(code, as: device)
        case .admit(let key, let name): try admit(key, name, by: device)
        default: preconditionFailure("\(action) is nothing about who one is")
        }
    }

    // MARK: Who is who

    private func whois(_ whom: Whom, for device: Device) throws(Refusal) {
        let person = try find(whom)
        let devices = person.devices.map { other in
            let showsAddress = device.isOperator || other === device
            return DeviceProfile(key: other.key, terms: other.terms, address: showsAddress ? other.address : nil)
        }
        let idle = now.seconds(since: person.active)
        let profile = Profile(author: person.author, isOperator: person.isOperator, idle: idle, devices: devices)
        answer(device, .whois(profile))
    }

    private func status(for device: Device) {
        let account = accounts[device.key]
        let status = OwnStatus(
            author: device.author,
            isOperator: device.isOperator,
            key: device.key,
            terms: device.terms,
            names: account?.names ?? [],
            keys: account?.keys.count ?? 0
        )
        answer(device, .status(status))
    }

    private func verify(_ whom: Whom?, for device: Device) throws(Refusal) {
        let person = try whom.map { whom throws(Refusal) in try find(whom) } ?? device.person
        let devices = whom == nil ? [device] : person.devices
        outcome(.verifies(device.session, person.author, of: devices.map(\.session)))
    }

    // MARK: What is one's own

    private func release(_ name: Nickname, by device: Device) throws(Refusal) {
        guard let account = accounts.holder(of: name) else { throw .notReserved(name) }
        let isOwn = accounts[device.key] === account
        guard isOwn || device.isOperator else { throw .nameReserved(name) }
        change(account) { $0.names.removeAll { $0 == name } }
        let isNothing = account.names.isEmpty && account.keys.count == 1 && !account.record.isAdmitted
        if isNothing, !limits.accounts.membersOnly { end(account) }
        if let person = names[name], let own = person.author.name { call(person, own, isVerified: false) }
        answer(device, .released(name))
    }

    private func makeCode(for device: Device) throws(Refusal) {
        guard device.key != nil else { throw .noKey }
        guard let account = accounts[device.key] else { throw .noAccount }
        try checkKeys(of: account)
        let seconds = AccountRules.codeLifetime
        let code = codes.make(for: account.number, until: now.adding(seconds: seconds), using: &random)
        answer(device, .code(code, seconds: seconds))
    }

    private func useCode(_ code: LinkCode, as device: Device) throws(Refusal) {
        guard let proof = device.proof else { throw .noKey }
        let own = accounts[proof.key]
        if let own, !own.names.isEmpty || own.keys.count > 1 { throw .hasAccount }
        let limit = AccountRules.wrongCodes.ofConnection
        guard proof.wrongCodes < limit, wrongCodes.allows(device.address, at: now) else { throw .tooManyCodes }
        guard let number = codes.take(code, at: now), let account = accounts[number], account !== own else {
            proof.wrongCodes += 1
            wrongCodes.count(device.address, at: now)
            throw .wrongCode
        }
        try checkKeys(of: account)
        let isAdmitted = own?.record.isAdmitted ?? false
        if let own { end(own) }
        change(account) { record in
            record.keys.append(proof.key)
            record.seen = now
            record.isAdmitted = record.isAdmitted || isAdmitted
        }
        for room in device.rooms { noteRights(of: device, in: room) }
        answer(device, .linked(account.names))
    }

    private func checkKeys(of account: Account) throws(Refusal) {
        let limit = limits.accounts.keysOfOne
        guard account.keys.count < limit else { throw .tooMany("keys of your account", limit: limit) }
    }

    // MARK: Operators

    /// Makes an account for a key, or one that lasts of the one that there is.
    private func admit(_ key: KeyFingerprint, _ name: Nickname?, by device: Device) throws(Refusal) {
        guard device.isOperator else { throw .onlyOperators }
        let known = accounts[key]
        if let name, accounts.holder(of: name) == nil || accounts.holder(of: name) !== known {
            if let holder = accounts.holder(of: name) {
                guard hasLapsed(holder) else { throw .nameReserved(name) }
                end(holder)
            }
            let isOwn = names[name]?.contains { $0.key == key || known != nil && accounts[$0.key] === known }
            guard isOwn != false else { throw .nameTaken(name) }
            let limit = limits.accounts.namesOfOne
            guard known?.names.count ?? 0 < limit else { throw .tooMany("names kept for that key", limit: limit) }
        }
        guard known != nil || accounts.count < limits.accounts.accounts else {
            throw .tooMany("accounts", limit: limits.accounts.accounts)
        }
        change(known ?? accounts.make(key, at: now)) { record in
            record.isAdmitted = true
            if let name, !record.names.contains(name) { record.names.insert(name, at: 0) }
        }
        if let name, let person = names[name], let own = person.author.name { call(person, own, isVerified: true) }
        answer(device, .admitted(key, name))
    }
}

/// Whom names are kept for.
extension ChatState {
    private var rules: AccountRules { limits.accounts }

    // MARK: Keeping names

    /// - Throws: if the name is kept for somebody else.
    func checkReservation(of name: Nickname, for device: Device) throws(Refusal) {
        guard let account = accounts.holder(of: name), account !== accounts[device.key] else { return }
        guard hasLapsed(account) else { throw .nameReserved(name) }
        end(account)
    }

    /// Why somebody cannot have a name that another has now.
    func taken(_ name: Nickname) -> Refusal {
        accounts.holder(of: name) == nil ? .nameTaken(name) : .nameReserved(name)
    }

    /// Keeps a name for the account of this connection, which is told if that is new, or cannot be.
    /// - Returns: whether it is kept.
    func reserve(_ name: Nickname, for device: Device) -> Bool {
        guard let key = device.key else { return false }
        if let account = accounts[key], account.names.contains(name) {
            change(account) { $0.use(name) }
            return true
        }
        if let obstacle = obstacle(to: name, for: device) {
            answer(device, .reservation(.notKept(name, obstacle)))
            return false
        }
        guard accounts[key] != nil || !rules.membersOnly || device.isOperator else { return false }
        if hasLimit(device.address) { newNames.count(device.address, at: now) }
        let account = accounts[key] ?? accounts.make(key, at: now)
        change(account) { $0.use(name) }
        for room in device.rooms { noteRights(of: device, in: room) }
        answer(device, .reservation(.kept(name, seconds: account.record.isAdmitted ? nil : rules.lifetime)))
        return true
    }

    private func obstacle(to name: Nickname, for device: Device) -> Reservation.NotKept? {
        if let account = accounts[device.key] {
            if account.names.count >= rules.namesOfOne { return .ofOne(limit: rules.namesOfOne) }
        } else {
            if accounts.count >= rules.accounts { endLapsed() }
            if accounts.count >= rules.accounts { return .ofAll(limit: rules.accounts) }
        }
        let isAllowed = !hasLimit(device.address) || newNames.allows(device.address, at: now)
        return isAllowed ? nil : .today(limit: rules.newNames)
    }

    private func hasLimit(_ address: Address?) -> Bool {
        rules.includesLoopback || !(address?.isLoopback ?? false)
    }

    // MARK: Coming, going, and lapsing

    /// It is here now, which is written down once a day.
    func note(_ device: Device) {
        device.active = now
        guard let proof = device.proof, isDayOld(proof.noted) else { return }
        proof.noted = now
        vouch(for: proof)
        guard let account = accounts[proof.key], isDayOld(account.record.seen) else { return }
        change(account) { $0.seen = now }
    }

    /// Or the clock was set back.
    private func isDayOld(_ time: Timestamp) -> Bool { time.adding(seconds: 86_400) <= now || now < time }

    /// What an authority calls somebody is its name, whichever key it has: certificates are renewed. Who is called
    /// something that only looks like it is somebody else.
    private func vouch(for proof: Proof) {
        guard let name = proof.certifiedName, let holder = accounts.holder(of: name) else { return }
        guard holder.names.contains(where: { $0.text == name.text }) else { return }
        let account = accounts[proof.key]
        guard holder !== account else { return }
        if account == nil {
            change(holder) { $0.keys = $0.keys.suffix(rules.keysOfOne - 1) + [proof.key] }
        } else {
            change(holder) { $0.names.removeAll { $0 == name } }
        }
    }

    func hasLapsed(_ account: Account) -> Bool {
        let record = account.record
        guard !record.isAdmitted, record.seen.adding(seconds: rules.lifetime) <= now else { return false }
        return !people.values.contains { $0.key.map(record.keys.contains) ?? false }
    }

    /// Once an hour at most, as it looks at all.
    private func endLapsed() {
        guard lapsing.adding(seconds: 3600) <= now else { return }
        lapsing = now
        let old = accounts.all.filter { !$0.record.isAdmitted && $0.record.seen.adding(seconds: rules.lifetime) <= now }
        guard !old.isEmpty else { return }
        let present = Set(people.values.compactMap { accounts[$0.key]?.number })
        for account in old.sorted(by: { $0.number < $1.number }) where !present.contains(account.number) {
            end(account)
        }
    }

    // MARK: Writing it down

    func change(_ account: Account, _ change: (inout AccountRecord) -> Void) {
        if accounts.change(account, change) { keep(account.number) }
    }

    func end(_ account: Account) {
        accounts.end(account)
        keep(account.number)
    }

    private func keep(_ number: UInt64) {
        guard isDurable else { return }
        if isSuspended { untoldAccounts.insert(number) } else { outcome(fact(about: number)) }
    }

    /// What the log has not been told while it took nothing.
    func takeUntoldAccounts() -> [Outcome] {
        defer { untoldAccounts = [] }
        return untoldAccounts.sorted().map(fact)
    }

    private func fact(about number: UInt64) -> Outcome {
        .fact(accounts[number].map { .account($0.record) } ?? .accountEnded(number))
    }
}

extension AccountRecord {
    /// The name is the one that was used last, as it is written now.
    fileprivate mutating func use(_ name: Nickname) {
        if names.last?.text == name.text { return }
        names.removeAll { $0 == name }
        names.append(name)
    }
}

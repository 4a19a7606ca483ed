/// What those with the right to may do to others, and to a room's rules.
extension ChatState {
    func moderate(_ action: Action, as device: Device, in name: RoomName?) throws(Refusal) {
        switch action {
        case .becomeOperator:
            device.isOperator = true
            return answer(device, .isOperator)
        case .announce(let text): return try announce(text, by: device)
        default: break
        }
        let room = try room(name, of: device)
        try checkModerator(device, of: room)
        switch action {
        case .kick(let whom, let reason): try kick(whom, reason, by: device, outOf: room)
        case .ban(let target, let seconds, let reason): try ban(target, seconds, reason, by: device, from: room)
        case .unban(let label): try unban(label, by: device, from: room)
        case .listBans: listBans(for: device, of: room)
        case .mute(let whom, let seconds): try mute(whom, seconds, by: device, in: room)
        case .unmute(let whom): try unmute(whom, by: device, in: room)
        case .setModerator(let whom, let isModerator): try setModerator(whom, isModerator, by: device, of: room)
        case .slow(let seconds):
            room.slow = seconds
            if seconds == 0 { room.spoke = [:] }
            keep(room)
            tell(room, .ruled(.slow(seconds: seconds), by: device.author))
        case .lockdown(let isLocked):
            room.isLocked = isLocked
            learnRights(in: room)
            keep(room)
            tell(room, .ruled(.lockdown(isLocked), by: device.author))
        case .setPrivate(let isPrivate):
            guard !room.isLobby else { throw .lobbyStaysPublic }
            room.isPrivate = isPrivate
            learnRights(in: room)
            keep(room)
            tell(room, .ruled(.isPrivate(isPrivate), by: device.author))
        default: preconditionFailure("\(action) is nothing that moderators do")
        }
    }

    func checkModerator(_ device: Device, of room: Room) throws(Refusal) {
        guard room.mayModerate(device) else { throw .onlyModerators(room.name) }
    }

    private func announce(_ text: CleanText, by device: Device) throws(Refusal) {
        guard device.isOperator else { throw .onlyOperators }
        let occupied = rooms.values.filter { !$0.seats.isEmpty }.sorted { $0.id.number < $1.id.number }
        for room in occupied { tell(room, .announced(text, by: device.author)) }
        answer(device, .announced(rooms: occupied.count))
    }

    // MARK: Kicks and bans

    private func kick(_ whom: Whom, _ reason: CleanText?, by device: Device, outOf room: Room) throws(Refusal) {
        let other = try inferior(whom, to: device, in: room)
        try checkLength(reason)
        let ruling = Ruling.kicked(other.author, reason: reason)
        remove(other, from: room, ruling, by: device, reason, isBan: false)
    }

    /// A ban in the lobby is one from the server: it keeps out of the one door that all have to pass.
    private func ban(
        _ target: BanTarget,
        _ seconds: Int?,
        _ reason: CleanText?,
        by device: Device,
        from room: Room
    ) throws(Refusal) {
        try checkLength(reason)
        room.bans.removeAll { !$0.isInForce(at: now) }
        let (by, until) = (device.author.label, seconds.map { now.adding(seconds: $0) })
        let ban: Sanction
        switch target {
        case .addresses(let range):
            guard device.isOperator else { throw .onlyOperatorsBanAddresses }
            guard !range.isLoopback else { throw .everybodysAddresses(range) }
            ban = Sanction(on: range, by: by, until: until, reason: reason)
        case .key(let key):
            ban = Sanction(on: key, by: by, until: until, reason: reason)
            let meant = people.values.filter { ban.isOnKey(of: $0, accounts[$0.key]) }.sorted { $0.member < $1.member }
            guard !meant.contains(where: { $0.person === device.person }) else { throw .thatIsYou }
            if let other = meant.first(where: { room.rank(of: device) <= room.rank(of: $0.person) }) {
                throw .isProtected(other.author)
            }
            let account = accounts[key]
            try checkRank(of: device, over: account?.keys ?? [key], absent(account), in: room)
        case .member(let whom):
            if let other = try? find(whom) {
                guard other !== device.person else { throw .thatIsYou }
                guard room.rank(of: device) > room.rank(of: other) else { throw .isProtected(other.author) }
                try checkRank(of: device, over: other.devices.flatMap { keys(of: $0) ?? [] }, other.author, in: room)
                ban = Sanction(on: other, by: by, until: until, reason: reason)
            } else {
                guard case .name(let name) = whom else { throw .noSuchMember(whom.text) }
                let account = accounts.holder(of: name)
                try checkRank(of: device, over: account?.keys ?? [], absent(account, called: name), in: room)
                ban = Sanction(
                    on: name,
                    of: account?.keys.first,
                    by: by,
                    until: until,
                    reason: reason
                )
            }
        }
        room.bans.removeAll { $0.label == ban.label && $0.member == ban.member }
        guard room.bans.count < limits.sanctions else { throw .tooMany("bans", limit: limits.sanctions) }
        room.bans.append(ban)
        keep(.sanctioned(room.id, .ban, ban))
        removeThoseUnder(ban, from: room, by: device, seconds, reason)
        answer(device, .banned(ban.label, room.name, seconds: seconds))
    }

    private func removeThoseUnder(
        _ ban: Sanction,
        from room: Room,
        by device: Device,
        _ seconds: Int?,
        _ reason: CleanText?
    ) {
        let present = room.isLobby ? Array(numbers.values) : room.row
        let banned = present.filter { applies(ban, to: $0) && room.rank(of: device) > room.rank(of: $0) }
        for other in banned.sorted(by: { $0.member < $1.member }) {
            let ruling = Ruling.banned(other.author, seconds: seconds, reason: reason)
            remove(other, from: room, ruling, by: device, reason, isBan: true)
        }
    }

    /// Out of the room; out of the lobby is off the server.
    private func remove(
        _ other: Person,
        from room: Room,
        _ ruling: Ruling,
        by device: Device,
        _ reason: CleanText?,
        isBan: Bool
    ) {
        room.invited.remove(other.member)
        forgetGuest(other, of: room)
        // One of its connections that was not there has nothing to be told, unless it is put out of the server.
        let devices = other.devices.filter { room.isLobby || room.holds($0) }
        for own in devices where room.holds(own) { vacate(room, as: own, telling: .ruled(ruling, by: device.author)) }
        for own in devices {
            answer(own, .removed(room.name, by: device.author, reason: reason, isBan: isBan))
            if room.isLobby { depart(own) }
        }
    }

    private func unban(_ label: String, by device: Device, from room: Room) throws(Refusal) {
        let call = Sanction.Call(label)
        let isMeant = { (ban: Sanction) in call.means(ban) && (device.isOperator || !ban.namesAddress) }
        guard let ban = room.bans.first(where: { $0.isInForce(at: self.now) && isMeant($0) }) else {
            throw .noSuchBan(label)
        }
        for ban in room.bans where isMeant(ban) { keep(.pardoned(room.id, .ban, ban)) }
        room.bans.removeAll(where: isMeant)
        answer(device, .unbanned(ban.label, room.name))
    }

    private func listBans(for device: Device, of room: Room) {
        let bans = room.bans.filter { $0.isInForce(at: now) && (device.isOperator || !$0.namesAddress) }
        let shown = bans.suffix(limits.listed).reversed().map { ban in
            BanSummary(label: ban.label, by: ban.by, left: ban.left(at: now), reason: ban.reason)
        }
        answer(device, .bans(room.name, Listing(Array(shown), more: bans.count - shown.count)))
    }

    /// Whether a ban keeps this connection out of a room, or would if somebody else were on it.
    func isBanned(_ device: Device, as person: Person? = nil, from room: Room) -> Bool {
        room.bans.contains { $0.isInForce(at: now) && applies($0, to: device, as: person) }
    }

    private func applies(_ sanction: Sanction, to device: Device, as person: Person? = nil) -> Bool {
        sanction.applies(to: device, as: person ?? device.person, accounts[device.key])
    }

    /// To one of its connections is to all.
    private func applies(_ sanction: Sanction, to person: Person) -> Bool {
        person.contains { applies(sanction, to: $0) }
    }

    // MARK: Voices

    /// The mute that keeps this one quiet now.
    func mute(of device: Device, in room: Room) -> Sanction? {
        guard !room.mutes.isEmpty else { return nil }
        let inForce = room.mutes.filter { $0.isInForce(at: now) && applies($0, to: device.person) }
        return inForce.first { $0.member == device.member } ?? inForce.first
    }

    private func mute(_ whom: Whom, _ seconds: Int?, by device: Device, in room: Room) throws(Refusal) {
        let other = try inferior(whom, to: device, in: room)
        for old in room.mutes where old.member == other.member { keep(.pardoned(room.id, .mute, old)) }
        room.mutes.removeAll { !$0.isInForce(at: now) || $0.member == other.member }
        guard room.mutes.count < limits.sanctions else { throw .tooMany("mutes", limit: limits.sanctions) }
        let until = seconds.map { now.adding(seconds: $0) }
        let mute = Sanction(on: other, by: device.author.label, until: until, reason: nil)
        room.mutes.append(mute)
        keep(.sanctioned(room.id, .mute, mute))
        tell(room, .ruled(.muted(other.author, seconds: seconds), by: device.author))
    }

    private func unmute(_ whom: Whom, by device: Device, in room: Room) throws(Refusal) {
        let other = try? find(whom)
        let call = Sanction.Call(whom.text)
        let isMeant = { (mute: Sanction) in other.map { self.applies(mute, to: $0) } ?? false || call.means(mute) }
        guard let mute = room.mutes.first(where: { $0.isInForce(at: self.now) && isMeant($0) }) else {
            throw .noSuchMute(whom.text)
        }
        for mute in room.mutes where isMeant(mute) { keep(.pardoned(room.id, .mute, mute)) }
        room.mutes.removeAll(where: isMeant)
        tell(room, .ruled(.unmuted(other?.author ?? mute.author), by: device.author))
    }

    // MARK: Rights

    /// A right does not pass with a name. It ends when the connection does, but for one whose key has an account.
    private func setModerator(_ whom: Whom, _ isModerator: Bool, by device: Device, of room: Room) throws(Refusal) {
        guard !room.isLobby else { throw .lobbyHasOperators }
        if !isModerator, case .name(let name) = whom, names[name] == nil {
            return try endModerator(called: name, by: device, of: room)
        }
        let other = try find(whom)
        guard room.holds(other) || !isModerator else { throw .notHere(other.author, room.name) }
        guard self.isModerator(other, of: room) != isModerator else {
            throw isModerator ? .moderatesAlready(other.author) : .moderatesNot(other.author)
        }
        if isModerator {
            guard room.moderators.count < limits.sanctions else {
                throw .tooMany("moderators", limit: limits.sanctions)
            }
            makeModerator(other, of: room)
        } else {
            guard room.rank(of: device) > max(1, room.rank(of: other)) || other === device.person else {
                throw .isProtected(other.author)
            }
            endModerator(other, of: room)
        }
        tell(room, .ruled(.moderator(other.author, isModerator), by: device.author))
    }

    /// Of one who is not on the server, and would be a moderator when it comes again.
    private func endModerator(called name: Nickname, by device: Device, of room: Room) throws(Refusal) {
        guard let account = accounts.holder(of: name), room.rank(ofKeys: account.keys) == 1 else {
            throw .noSuchMember(name.text)
        }
        let author = absent(account, called: name)
        guard room.rank(of: device) > 1 || account === accounts[device.key] else { throw .isProtected(author) }
        endModerator(account, of: room)
        tell(room, .ruled(.moderator(author, false), by: device.author))
    }

    /// A member of the room that stands below.
    private func inferior(_ whom: Whom, to device: Device, in room: Room) throws(Refusal) -> Person {
        let other = try find(whom)
        guard other !== device.person else { throw .thatIsYou }
        guard room.holds(other) else { throw .notHere(other.author, room.name) }
        guard room.rank(of: device) > room.rank(of: other) else { throw .isProtected(other.author) }
        return other
    }
}

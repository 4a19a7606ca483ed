/// What those with the right to may do to others, and to a room's rules.
extension ChatState {
    func moderate(_ action: Action, as person: Person, in name: RoomName?) throws(Refusal) {
        switch action {
        case .becomeOperator:
            person.isOperator = true
            return answer(person, .isOperator)
        case .announce(let text): return try announce(text, by: person)
        default: break
        }
        let room = try room(name, of: person)
        try checkModerator(person, of: room)
        switch action {
        case .kick(let whom, let reason): try kick(whom, reason, by: person, outOf: room)
        case .ban(let target, let seconds, let reason): try ban(target, seconds, reason, by: person, from: room)
        case .unban(let label): try unban(label, by: person, from: room)
        case .listBans: listBans(for: person, of: room)
        case .mute(let whom, let seconds): try mute(whom, seconds, by: person, in: room)
        case .unmute(let whom): try unmute(whom, by: person, in: room)
        case .setModerator(let whom, let isModerator): try setModerator(whom, isModerator, by: person, of: room)
        case .slow(let seconds):
            room.slow = seconds
            if seconds == 0 { room.spoke = [:] }
            keep(room)
            tell(room, .ruled(.slow(seconds: seconds), by: person.author))
        case .lockdown(let isLocked):
            room.isLocked = isLocked
            keep(room)
            tell(room, .ruled(.lockdown(isLocked), by: person.author))
        case .setPrivate(let isPrivate):
            guard !room.isLobby else { throw .lobbyStaysPublic }
            room.isPrivate = isPrivate
            keep(room)
            tell(room, .ruled(.isPrivate(isPrivate), by: person.author))
        default: preconditionFailure("\(action) is nothing that moderators do")
        }
    }

    func checkModerator(_ person: Person, of room: Room) throws(Refusal) {
        guard room.mayModerate(person) else { throw .onlyModerators(room.name) }
    }

    private func announce(_ text: CleanText, by person: Person) throws(Refusal) {
        guard person.isOperator else { throw .onlyOperators }
        let occupied = rooms.values.filter { !$0.seats.isEmpty }.sorted { $0.id.number < $1.id.number }
        for room in occupied { tell(room, .announced(text, by: person.author)) }
        answer(person, .announced(rooms: occupied.count))
    }

    // MARK: Kicks and bans

    private func kick(_ whom: Whom, _ reason: CleanText?, by person: Person, outOf room: Room) throws(Refusal) {
        let other = try inferior(whom, to: person, in: room)
        try checkLength(reason)
        let ruling = Ruling.kicked(other.author, reason: reason)
        remove(other, from: room, ruling, by: person, reason, isBan: false)
    }

    /// A ban in the lobby is one from the server: it keeps out of the one door that all have to pass.
    private func ban(
        _ target: BanTarget,
        _ seconds: Int?,
        _ reason: CleanText?,
        by person: Person,
        from room: Room
    ) throws(Refusal) {
        try checkLength(reason)
        room.bans.removeAll { !$0.isInForce(at: now) }
        let (by, until) = (person.author.label, seconds.map { now.adding(seconds: $0) })
        let ban: Sanction
        switch target {
        case .addresses(let range):
            guard person.isOperator else { throw .onlyOperatorsBanAddresses }
            guard !range.isLoopback else { throw .everybodysAddresses(range) }
            ban = Sanction(on: range, by: by, until: until, reason: reason)
        case .member(let whom):
            if let other = try? find(whom) {
                guard other !== person else { throw .thatIsYou }
                guard room.rank(of: person) > room.rank(of: other) else { throw .isProtected(other.author) }
                ban = Sanction(on: other, by: by, until: until, reason: reason)
            } else {
                guard case .name(let name) = whom else { throw .noSuchMember(whom.text) }
                ban = Sanction(on: name, by: by, until: until, reason: reason)
            }
        }
        room.bans.removeAll { $0.label == ban.label && $0.member == ban.member }
        guard room.bans.count < limits.sanctions else { throw .tooMany("bans", limit: limits.sanctions) }
        room.bans.append(ban)
        keep(.sanctioned(room.id, .ban, ban))
        removeThoseUnder(ban, from: room, by: person, seconds, reason)
        answer(person, .banned(ban.label, room.name, seconds: seconds))
    }

    private func removeThoseUnder(
        _ ban: Sanction,
        from room: Room,
        by person: Person,
        _ seconds: Int?,
        _ reason: CleanText?
    ) {
        let present = room.isLobby ? Array(people.values) : room.seats.values.map(\.person)
        let banned = present.filter { ban.applies(to: $0) && room.rank(of: person) > room.rank(of: $0) }
        for other in banned.sorted(by: { $0.member < $1.member }) {
            let ruling = Ruling.banned(other.author, seconds: seconds, reason: reason)
            remove(other, from: room, ruling, by: person, reason, isBan: true)
        }
    }

    /// Out of the room; out of the lobby is off the server.
    private func remove(
        _ other: Person,
        from room: Room,
        _ ruling: Ruling,
        by person: Person,
        _ reason: CleanText?,
        isBan: Bool
    ) {
        let isPresent = room.seats[other.session] != nil
        if isPresent { vacate(room, as: other, telling: .ruled(ruling, by: person.author)) }
        answer(other, .removed(room.name, by: person.author, reason: reason, isBan: isBan))
        if room.isLobby { depart(other) }
    }

    private func unban(_ label: String, by person: Person, from room: Room) throws(Refusal) {
        let call = Sanction.Call(label)
        let isMeant = { (ban: Sanction) in call.means(ban) && (person.isOperator || !ban.namesAddress) }
        guard let ban = room.bans.first(where: { $0.isInForce(at: self.now) && isMeant($0) }) else {
            throw .noSuchBan(label)
        }
        for ban in room.bans where isMeant(ban) { keep(.pardoned(room.id, .ban, ban)) }
        room.bans.removeAll(where: isMeant)
        answer(person, .unbanned(ban.label, room.name))
    }

    private func listBans(for person: Person, of room: Room) {
        let bans = room.bans.filter { $0.isInForce(at: now) && (person.isOperator || !$0.namesAddress) }
        let shown = bans.suffix(limits.listed).reversed().map { ban in
            BanSummary(label: ban.label, by: ban.by, left: ban.left(at: now), reason: ban.reason)
        }
        answer(person, .bans(room.name, Listing(Array(shown), more: bans.count - shown.count)))
    }

    // MARK: Voices

    private func mute(_ whom: Whom, _ seconds: Int?, by person: Person, in room: Room) throws(Refusal) {
        let other = try inferior(whom, to: person, in: room)
        for old in room.mutes where old.member == other.member { keep(.pardoned(room.id, .mute, old)) }
        room.mutes.removeAll { !$0.isInForce(at: now) || $0.member == other.member }
        guard room.mutes.count < limits.sanctions else { throw .tooMany("mutes", limit: limits.sanctions) }
        let until = seconds.map { now.adding(seconds: $0) }
        let mute = Sanction(on: other, by: person.author.label, until: until, reason: nil)
        room.mutes.append(mute)
        keep(.sanctioned(room.id, .mute, mute))
        tell(room, .ruled(.muted(other.author, seconds: seconds), by: person.author))
    }

    private func unmute(_ whom: Whom, by person: Person, in room: Room) throws(Refusal) {
        let other = try? find(whom)
        let call = Sanction.Call(whom.text)
        let isMeant = { (mute: Sanction) in other.map(mute.applies) ?? false || call.means(mute) }
        guard let mute = room.mutes.first(where: { $0.isInForce(at: self.now) && isMeant($0) }) else {
            throw .noSuchMute(whom.text)
        }
        for mute in room.mutes where isMeant(mute) { keep(.pardoned(room.id, .mute, mute)) }
        room.mutes.removeAll(where: isMeant)
        tell(room, .ruled(.unmuted(other?.author ?? mute.author), by: person.author))
    }

    // MARK: Rights

    /// A right is a connection's: it does not pass with a name, and ends when the connection does.
    private func setModerator(_ whom: Whom, _ isModerator: Bool, by person: Person, of room: Room) throws(Refusal) {
        guard !room.isLobby else { throw .lobbyHasOperators }
        let other = try find(whom)
        guard room.seats[other.session] != nil || !isModerator else { throw .notHere(other.author, room.name) }
        guard room.moderators.contains(other.member) != isModerator else {
            throw isModerator ? .moderatesAlready(other.author) : .moderatesNot(other.author)
        }
        if isModerator {
            guard room.moderators.count < limits.sanctions else {
                throw .tooMany("moderators", limit: limits.sanctions)
            }
            room.moderators.insert(other.member)
            other.ties.insert(room.name)
        } else {
            guard room.rank(of: person) > room.rank(of: other) || other === person else {
                throw .isProtected(other.author)
            }
            room.moderators.remove(other.member)
        }
        tell(room, .ruled(.moderator(other.author, isModerator), by: person.author))
    }

    /// A member of the room that stands below `person`.
    private func inferior(_ whom: Whom, to person: Person, in room: Room) throws(Refusal) -> Person {
        let other = try find(whom)
        guard other !== person else { throw .thatIsYou }
        guard room.seats[other.session] != nil else { throw .notHere(other.author, room.name) }
        guard room.rank(of: person) > room.rank(of: other) else { throw .isProtected(other.author) }
        return other
    }
}

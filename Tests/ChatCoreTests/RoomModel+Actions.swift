import ChatCore

/// What each action does in the model, and when it is refused.
extension RoomModel {
    mutating func act(_ command: Command) throws(Refused) {
        let session = command.session
        let me = memberIndex(session)
        switch command.action {
        case .aside, .listRooms: answer(session)
        case .away(let text):
            try check(fits(text))
            members[me].away = text
            answer(session)
        case .ignore(let whom, _):
            _ = try somebodyElse(whom, than: me)
            answer(session)
        case .whisper(let whom, _): try whisper(try somebodyElse(whom, than: me), from: me)
        case .answer:
            guard let number = members[me].whisperer else { throw Refused() }
            try whisper(try somebodyElse(.number(number), than: me), from: me)
        case .name(let name): try rename(me, name)
        case .join(let name, let only): try join(name, only, me)
        case .becomeOperator:
            members[me].isOperator = true
            answer(session)
        case .announce(let text):
            try check(members[me].isOperator)
            for room in rooms where !room.members.isEmpty { tell(room.id, .announced(text, by: members[me].author)) }
            answer(session)
        default: try act(command.action, me, in: try room(command.room, of: me))
        }
    }

    /// What is about one room that the member is in.
    private mutating func act(_ action: Action, _ me: Int, in room: Int) throws(Refused) {
        let (session, author, id) = (members[me].session, members[me].author, rooms[room].id)
        let moderates = rank(members[me], in: rooms[room]) > 0
        switch action {
        case .say(let text): try speak(.said(author, text), me, room)
        case .act(let text): try speak(.acted(author, text), me, room)
        case .history: told.append(.replay(session, id))
        case .listMembers, .topic(nil): answer(session)
        case .leave:
            keepWelcome(me, in: room)
            vacate(session, id, .left(author))
            answer(session)
        case .topic(let text?):
            try check(moderates && fits(text))
            rooms[room].topic = text.isEmpty ? nil : text
            tell(id, .topic(rooms[room].topic, by: author))
        case .invite(let whom):
            try check(moderates || !rooms[room].isPrivate && !rooms[room].isLocked)
            let guest = try somebodyElse(whom, than: me)
            try check(!rooms[room].members.contains(members[guest].session))
            try check(rooms[room].invited.count < limits.invitations)
            if !rooms[room].invited.contains(members[guest].number) {
                rooms[room].invited.append(members[guest].number)
                answer(members[guest].session)
            }
            answer(session)
        default:
            try check(moderates)
            try moderate(action, me, room)
        }
    }

    private mutating func moderate(_ action: Action, _ me: Int, _ room: Int) throws(Refused) {
        let (author, id) = (members[me].author, rooms[room].id)
        switch action {
        case .slow(let seconds):
            rooms[room].slow = seconds
            if seconds == 0 { rooms[room].spoke = [:] }
            tell(id, .ruled(.slow(seconds: seconds), by: author))
        case .lockdown(let isOn):
            rooms[room].isLocked = isOn
            tell(id, .ruled(.lockdown(isOn), by: author))
        case .setPrivate(let isOn):
            try check(id != .lobby)
            rooms[room].isPrivate = isOn
            tell(id, .ruled(.isPrivate(isOn), by: author))
        case .kick(let whom, let reason):
            let other = members[try inferior(whom, me, room)]
            try check(fits(reason))
            remove(other, .kicked(other.author, reason: reason), by: author, id)
        case .mute(let whom, let seconds):
            let other = members[try inferior(whom, me, room)]
            rooms[room].mutes = inForce(rooms[room].mutes).filter { $0.number != other.number }
            try check(rooms[room].mutes.count < limits.sanctions)
            rooms[room].mutes.append(sanction(other, seconds))
            tell(id, .ruled(.muted(other.author, seconds: seconds), by: author))
        case .unmute(let whom):
            let other = (try? find(whom)).map { members[$0] }
            let isMeant = { [self] (mute: Sanction) in other.map(mute.holds) ?? false || isCalled(mute, whom.text) }
            guard let mute = inForce(rooms[room].mutes).first(where: isMeant) else { throw Refused() }
            rooms[room].mutes = rooms[room].mutes.filter { !isMeant($0) }
            let muted = other?.author ?? Author(mute.number ?? MemberID(0), name: mute.name)
            tell(id, .ruled(.unmuted(muted), by: author))
        case .setModerator(let whom, let isOn): try setModerator(whom, isOn, me, room)
        case .ban(let target, let seconds, let reason): try ban(target, seconds, reason, me, room)
        case .unban(let label):
            let sees = members[me].isOperator
            let isMeant = { [self] (ban: Sanction) in
                isCalled(ban, label) && (sees || ban.number != nil || ban.name != nil)
            }
            try check(inForce(rooms[room].bans).contains(where: isMeant))
            rooms[room].bans = rooms[room].bans.filter { !isMeant($0) }
            answer(members[me].session)
        case .listBans: answer(members[me].session)
        default: preconditionFailure("\(action)")
        }
    }

    // MARK: The longer ones

    private mutating func rename(_ me: Int, _ name: Nickname) throws(Refused) {
        let before = members[me].author
        try check(before.label != name.text)
        try check(!members.contains { $0.name == name && $0.session != members[me].session })
        for id in members[me].rooms + [.lobby] {
            let room = rooms[roomIndex(id)]
            try check(rank(members[me], in: room) > 0 || !inForce(room.bans).contains { $0.name == name })
        }
        members[me].name = name
        for id in members[me].rooms { tell(id, .renamed(from: before, to: members[me].author)) }
        answer(members[me].session)
    }

    private mutating func join(_ name: RoomName, _ only: Bool, _ me: Int) throws(Refused) {
        let (session, number) = (members[me].session, members[me].number)
        try check(only || limits.roomsPerMember == 0 || members[me].rooms.count < limits.roomsPerMember)
        let id: RoomID
        if let room = rooms.first(where: { $0.name == name }) {
            try check(!room.members.contains(session))
            try check(members[me].isOperator || !inForce(room.bans).contains { $0.number == number })
            if rank(members[me], in: room) == 0 {
                try check(!inForce(room.bans).contains { $0.holds(members[me]) })
                try check(room.invited.contains(number) || !room.isPrivate && !room.isLocked)
                try check(limits.members == 0 || room.members.count < limits.members)
            }
            id = room.id
        } else {
            try check(limits.rooms == 0 || rooms.count < limits.rooms)
            id = makeRoom(name, number)
        }
        if only {
            for other in members[me].rooms {
                keepWelcome(me, in: roomIndex(other))
                vacate(session, other, .left(members[me].author))
            }
        }
        enter(session, id)
    }

    /// Who leaves a closed room by itself may come again.
    private mutating func keepWelcome(_ me: Int, in room: Int) {
        let isClosed = rooms[room].isPrivate || rooms[room].isLocked
        guard isClosed, rooms[room].invited.count < limits.invitations else { return }
        rooms[room].invited.append(members[me].number)
    }

    private mutating func speak(_ body: Event.Body, _ me: Int, _ room: Int) throws(Refused) {
        let session = members[me].session
        let moderates = rank(members[me], in: rooms[room]) > 0
        let mutes = inForce(rooms[room].mutes).filter { $0.holds(members[me]) }
        try check(!mutes.contains { !moderates || $0.number == members[me].number })
        if !moderates {
            if rooms[room].slow > 0 {
                if let spoke = rooms[room].spoke[session] { try check(spoke + Int64(rooms[room].slow) * 1000 <= now) }
                rooms[room].spoke[session] = now
            }
        }
        tell(rooms[room].id, body)
    }

    private mutating func whisper(_ other: Int, from me: Int) throws(Refused) {
        members[other].whisperer = members[me].number
        answer(members[other].session)
        answer(members[me].session)
    }

    private mutating func setModerator(_ whom: Whom, _ isOn: Bool, _ me: Int, _ room: Int) throws(Refused) {
        try check(rooms[room].id != .lobby)
        let other = members[try find(whom)]
        let isAlready = rooms[room].moderators.contains(other.number)
        try check(isAlready != isOn)
        if isOn {
            try check(rooms[room].members.contains(other.session))
            try check(rooms[room].moderators.count < limits.sanctions)
            rooms[room].moderators.append(other.number)
        } else {
            let isSelf = other.session == members[me].session
            try check(isSelf || rank(members[me], in: rooms[room]) > rank(other, in: rooms[room]))
            rooms[room].moderators.removeAll { $0 == other.number }
        }
        tell(rooms[room].id, .ruled(.moderator(other.author, isOn), by: members[me].author))
    }

    private mutating func ban(
        _ target: BanTarget,
        _ seconds: Int?,
        _ reason: CleanText?,
        _ me: Int,
        _ room: Int
    ) throws(Refused) {
        let (banner, id) = (members[me], rooms[room].id)
        try check(fits(reason))
        let ban: Sanction
        let until = seconds.map { now + Int64($0) * 1000 }
        switch target {
        case .addresses(let range):
            try check(banner.isOperator && !range.isLoopback)
            ban = Sanction(label: range.description, addresses: range, until: until)
        case .key: preconditionFailure("nobody has one here; see AccountPropertyTests")
        case .member(let whom):
            if let index = try? find(whom) {
                try check(index != me && rank(members[index], in: rooms[room]) < rank(banner, in: rooms[room]))
                ban = sanction(members[index], seconds)
            } else {
                guard case .name(let name) = whom else { throw Refused() }
                ban = Sanction(label: name.text, name: name, until: until)
            }
        }
        let others = inForce(rooms[room].bans).filter { $0.label != ban.label || $0.number != ban.number }
        try check(others.count < limits.sanctions)
        rooms[room].bans = others + [ban]
        // Whoever is banned from the lobby leaves the server, and with it other rooms.
        let present = id == .lobby ? members.map(\.session) : rooms[room].members
        let out = members.filter { present.contains($0.session) && ban.holds($0) }
        for other in out where rank(other, in: rooms[room]) < rank(banner, in: rooms[room]) {
            remove(other, .banned(other.author, seconds: seconds, reason: reason), by: banner.author, id)
        }
        answer(banner.session)
    }

    private mutating func remove(_ other: Member, _ ruling: Ruling, by author: Author, _ id: RoomID) {
        let room = rooms[roomIndex(id)]
        if room.members.contains(other.session) { vacate(other.session, id, .ruled(ruling, by: author)) }
        answer(other.session)
        if id == .lobby { depart(other.session) }
    }

    // MARK: Small ones

    private mutating func answer(_ session: SessionID) { told.append(.answer(session)) }

    private mutating func tell(_ room: RoomID, _ body: Event.Body) { told.append(.event(room, body)) }

    private func check(_ isAllowed: Bool) throws(Refused) {
        if !isAllowed { throw Refused() }
    }

    private func fits(_ text: CleanText?) -> Bool { (text?.string.utf8.count ?? 0) <= limits.note }

    private func room(_ name: RoomName?, of me: Int) throws(Refused) -> Int {
        let id = name.map { name in rooms.first { $0.name == name }?.id } ?? members[me].rooms.last
        guard let id, members[me].rooms.contains(id) else { throw Refused() }
        return roomIndex(id)
    }

    private func find(_ whom: Whom) throws(Refused) -> Int {
        let index: Int? =
            switch whom {
            case .number(let number): members.firstIndex { $0.number == number }
            case .name(let name): members.firstIndex { $0.name == name }
            case .nobody: nil
            }
        guard let index else { throw Refused() }
        return index
    }

    private func somebodyElse(_ whom: Whom, than me: Int) throws(Refused) -> Int {
        let other = try find(whom)
        try check(other != me)
        return other
    }

    private func inferior(_ whom: Whom, _ me: Int, _ room: Int) throws(Refused) -> Int {
        let other = try somebodyElse(whom, than: me)
        try check(rooms[room].members.contains(members[other].session))
        try check(rank(members[other], in: rooms[room]) < rank(members[me], in: rooms[room]))
        return other
    }

    private func sanction(_ other: Member, _ seconds: Int?) -> Sanction {
        Sanction(
            label: other.author.label,
            number: other.number,
            name: other.name,
            addresses: other.address.flatMap { $0.isLoopback ? nil : .neighbourhood(of: $0) },
            until: seconds.map { now + Int64($0) * 1000 }
        )
    }

    private func isCalled(_ ban: Sanction, _ label: String) -> Bool {
        if ban.label == label { return true }
        if let range = AddressRange(label) { return ban.label == range.description }
        guard let name = ban.name, let other = try? Nickname(label) else { return false }
        return name == other
    }
}

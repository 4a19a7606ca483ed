/// What outlives the process.
extension ChatState {
    /// Goes on where a chat of before has stopped. Nobody is there yet.
    func restore(_ saved: SavedChat, at now: Timestamp) {
        lastMember = saved.lastMember.number
        for account in saved.accounts { accounts.restore(account) }
        for kept in saved.rooms {
            let room = kept.record.id == .lobby ? lobby : Room(kept)
            if room === lobby { continue }
            rooms[room.name] = room
            lastRoom = max(lastRoom, room.id.number)
            room.emptySince = now
            if mayOutlive(room) {
                // Nobody has been in it for long, or it counts as if: else those kept would leave no place for new ones.
                putToSleep(room)
            } else {
                ending.append((room, now.adding(seconds: limits.afterlife)))
            }
        }
        let byNumber = Dictionary(uniqueKeysWithValues: rooms.values.map { ($0.id, $0) })
        for event in saved.messagesWithID {
            guard let room = byNumber[event.room], let message = Receipts.Message(of: event, in: room) else { continue }
            receipts.restore(message, sequence: event.sequence, at: event.at)
        }
    }

    /// The room's settings are to be known again.
    func keep(_ room: Room) {
        keep(.room(room.record))
    }

    func keep(_ fact: @autoclosure () -> Fact) {
        if isDurable { outcome(.fact(fact())) }
    }

    /// Something is said in the room.
    func noteSpeech(of person: Person, in room: Room) {
        if person.said[room.id] == nil { person.said[room.id] = room.head + 1 }
        guard isDurable, !room.isKept else { return }
        room.isKept = true
        keep(room)
    }

    /// The log has not taken it that this was to be forgotten: it can be asked for again.
    func remember(_ member: MemberID, in room: RoomID, from sequence: UInt64) {
        guard let person = numbers[member] else { return }
        person.said[room] = min(person.said[room] ?? .max, sequence)
    }

    /// What it has said is forgotten, as far as it was said by this member.
    func forget(by device: Device) throws(Refusal) {
        let person = device.person
        let rooms = rooms.values.filter { person.said[$0.id] != nil }.sorted { $0.id.number < $1.id.number }
        guard !rooms.isEmpty else { throw .nothingToForget }
        for room in rooms {
            guard let first = person.said[room.id], first <= room.head else { continue }
            outcome(.fact(.forgotten(room.id, person.member, first...room.head)))
            tell(room, .forgot(person.author))
        }
        person.said = [:]
        answer(device, .forgot(rooms: rooms.count))
    }
}

extension Room {
    convenience init(_ saved: SavedChat.Room) {
        let record = saved.record
        self.init(record.id, record.name, epoch: record.epoch, owner: nil, head: saved.head)
        (topic, isPrivate, isLocked, slow) = (record.topic, record.isPrivate, record.isLocked, record.slow)
        (isKept, rights, bans, mutes) = (record.isKept, record.rights, saved.bans, saved.mutes)
    }
}

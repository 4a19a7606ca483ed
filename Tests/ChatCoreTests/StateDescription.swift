@testable import ChatCore

// Everything that a command can change, in words: once of the real rooms and once of the model, so that the two can be
// compared. When somebody was last active is left out; even a refused command changes that.

extension ChatState {
    var description: [String] {
        let devices = people.values.sorted { ($0.member, $0.session.serial) < ($1.member, $1.session.serial) }
        let members = devices.map { device in
            describe(
                member: device.author,
                of: device.session,
                device.isOperator,
                device.person.away,
                device.person.whisperer?.member,
                in: device.rooms.map(\.id)
            )
        }
        let all = rooms.values.sorted { $0.id.number < $1.id.number }.map { room in
            describe(
                room: room.id,
                "\(room.name)",
                room.topic,
                (room.isPrivate, room.isLocked, room.slow),
                rights: ([room.owner].compactMap { $0 }, Array(room.moderators), Array(room.invited)),
                members: room.row.map(\.member),
                sanctions: [room.bans, room.mutes].map { list in
                    list.filter { $0.isInForce(at: now) }
                        .map { "\($0.label) until \($0.until.map { "\($0.milliseconds)" } ?? "-")" }
                }
            )
        }
        return members + all
    }

    /// What is kept twice agrees.
    var isConsistent: Bool {
        people.allSatisfy { $0.key == $0.value.session } && areDevicesConsistent
            && numbers.allSatisfy { $0.key == $0.value.member && !$0.value.isGone }
            && names.count == numbers.values.count { $0.author.name != nil }
            && names.allSatisfy { $0.key == $0.value.author.name && numbers[$0.value.member] === $0.value }
            && rooms.allSatisfy { $0.key == $0.value.name } && rooms[.lobby] === lobby
            && people.values.allSatisfy { device in
                device.rooms.allSatisfy { $0.seats[device.session]?.device === device && rooms[$0.name] === $0 }
            }
            && rooms.values.map(\.seats.count).reduce(0, +) == people.values.map(\.rooms.count).reduce(0, +)
            && rooms.values.allSatisfy { room in
                room.row.map(\.member) == Set(room.seats.values.map(\.device.member)).sorted()
                    && room.row.allSatisfy(room.holds)
            }
    }

    private var areDevicesConsistent: Bool {
        people.values.allSatisfy { device in
            numbers[device.member] === device.person && device.person.devices.count { $0 === device } == 1
        }
            && numbers.values.map(\.devices.count).reduce(0, +) == people.count
            && numbers.values.allSatisfy { person in
                // Several are of one account, or have one key.
                let keys = person.devices.map(\.key)
                return keys.count < 2 || Set(keys).count == keys.count && !keys.contains(nil)
            }
    }
}

extension RoomModel {
    var description: [String] {
        let people = members.sorted { $0.number < $1.number }.map { member in
            describe(
                member: member.author,
                of: member.session,
                member.isOperator,
                member.away,
                member.whisperer,
                in: member.rooms
            )
        }
        let all = rooms.map { room in
            describe(
                room: room.id,
                "\(room.name)",
                room.topic,
                (room.isPrivate, room.isLocked, room.slow),
                rights: ([room.owner].compactMap { $0 }, room.moderators, room.invited),
                members: room.members.map { members[memberIndex($0)].number },
                sanctions: [room.bans, room.mutes].map { list in
                    inForce(list).map { "\($0.label) until \($0.until.map { "\($0)" } ?? "-")" }
                }
            )
        }
        return people + all
    }
}

private func describe(
    member: Author,
    of session: SessionID,
    _ isOperator: Bool,
    _ away: CleanText?,
    _ whisperer: MemberID?,
    in rooms: [RoomID]
) -> String {
    let rooms = rooms.map { "\($0.number)" }.joined(separator: ",")
    return "\(member.member.number) `\(member.label)` \(session.shard)/\(session.serial) in \(rooms)"
        + "\(isOperator ? ", operator" : ""), away: \(away?.string ?? "-"), from: \(whisperer?.number ?? 0)"
}

private func describe(
    room: RoomID,
    _ name: String,
    _ topic: CleanText?,
    _ rules: (isPrivate: Bool, isLocked: Bool, slow: Int),
    rights: (owner: [MemberID], moderators: [MemberID], invited: [MemberID]),
    members: [MemberID],
    sanctions: [[String]]
) -> String {
    let lists = [rights.owner, rights.moderators, rights.invited, members].map { numbers in
        numbers.map(\.number).sorted().map { "\($0)" }.joined(separator: ",")
    }
    return "room \(room.number) \(name): \(topic?.string ?? "-"), \(rules), \(lists), \(sanctions)"
}

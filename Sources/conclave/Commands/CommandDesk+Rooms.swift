import ChatClient
import ChatCore
import ChatTerminal

/// Several rooms of one connection.
extension CommandDesk {
    /// Enters a room, and stays in the others; or goes to one that was entered.
    func join(_ room: RoomName, _ moment: Moment) async throws(RequestError) {
        if places.contains(where: { $0.name == room }) {
            guard room != target else { return await take(.answer(.refused(.alreadyIn(room)))) }
        } else {
            try await client.enter(room, from: .last(Self.replayed))
        }
        target = room
        await follow(to: room, moment)
    }

    /// Leaves a room for the one before it in the list.
    func leaveRoom(_ moment: Moment) async throws(RequestError) {
        guard let room = target else { return await take(.answer(.refused(.nowhere))) }
        try await client.leave(room)
        let names = places.map(\.name)
        let index = names.firstIndex(of: room) ?? 0
        await take(.answer(.outside(room)))
        target = nil
        guard let next = (names[..<index].last ?? names.last), next != room else { return }
        target = next
        await follow(to: next, moment)
    }
}

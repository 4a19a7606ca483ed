import ChatClient
import ChatCore
import ChatTerminal
import ChatWire

extension Happening {
    /// What a client is told, as a screen is told of it, and the room that it is of.
    /// - Returns: nil for what only the prompt shows: how the connection is.
    static func of(_ event: ChatEvent) -> (happening: Happening, room: RoomName?)? {
        switch event {
        case .room(let event): (.event(event.body, at: event.at, sequence: event.sequence), event.room)
        case .whispered(let author, let text): (.answer(.whisper(from: author, text)), nil)
        case .gap(let room, _, let missed): (.gap(missed), room)
        case .notice(let notice): (Happening(notice), nil)
        case .entered(let entered): (.entered(RoomEntry(entered)), entered.room)
        case .notEntered(let room, let error): (.notEntered(reason: Trouble(error)), room)
        case .nameLost(let name, let error): (.nameLost(name, reason: Trouble(error)), nil)
        case .state(.waiting(_, let error)): (.connectionLost(reason: Trouble(error)), nil)
        case .state(.failed(let error)): (.trouble(Trouble(error)), nil)
        case .state(.connecting), .state(.connected), .state(.closed): nil
        }
    }

    private init(_ notice: PersonalNotice) {
        self =
            switch notice {
            case .invited(let room, let author): .answer(.invitation(room, from: author))
            case .removed(let room, let author, let reason, let isBan):
                .answer(.removed(room, by: author, reason: reason, isBan: isBan))
            case .unread(let count): .unreadPrivate(count)
            case .name(let name, let isKept, let message): .nameKept(name, isKept, CleanText(message))
            case .silent(let seconds): .silent(seconds: seconds)
            }
    }
}

extension RoomEntry {
    init(_ entered: StructuredEnter) {
        self.init(
            room: entered.room,
            author: entered.author,
            head: entered.head,
            after: entered.after,
            lost: entered.missed,
            isReset: entered.isReset,
            members: Listing(entered.members, more: entered.more),
            topic: entered.topic,
            isPrivate: entered.isPrivate,
            slow: entered.slow,
            isModerator: entered.isModerator,
            keepsMessages: entered.keeps.bytes == 0 ? 0 : entered.keeps.messages,
            keepsDays: entered.keeps.days
        )
    }
}

extension PromptState.Connection {
    /// - Parameter left: how many seconds are left of a wait, which whoever has a clock counts down.
    init(_ state: ConnectionState, left: Int) {
        self =
            switch state {
            case .connecting: .connecting
            case .connected: .connected
            case .waiting: .waiting(seconds: left)
            case .failed, .closed: .closed
            }
    }
}

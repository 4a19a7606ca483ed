import ChatClient
import ChatCore
import ChatTerminal

/// Where a person types commands and reads what comes of them: what the chat at a terminal and the plain one share.
protocol CommandDesk: Actor {
    var client: ChatClient { get }
    var texts: Texts { get }
    /// Who its user is; nil: nobody yet.
    var own: Author? { get }
    /// The rooms that its user is in.
    var places: [Rooms.Entry] { get }
    /// The room that lines go to, and that commands are about; nil: its user is in none.
    var target: RoomName? { get set }
    /// How far its user has looked back.
    var pages: PastPages { get set }
    var connection: PromptState.Connection { get }
    /// What was said and is not acknowledged.
    var unsent: Int { get }
    /// What the user shows to servers.
    var ownKey: KeyFingerprint? { get }
    /// Whose words are not wanted.
    var ignoring: @Sendable (Author) -> Bool { get }

    /// Shows something.
    func take(_ happening: Happening, in room: RoomName?) async
    /// Shows what was asked for.
    func show(past: [(body: Event.Body, at: Timestamp)]) async
    func change(_ change: ViewChange)
    /// Its user wants to be in a room that was entered before.
    func go(to room: RoomName) async
    /// A command, typed at that moment, has made a room the ``target``.
    func follow(to room: RoomName, _ moment: Moment) async
}

/// What is so when something is typed, which is perhaps done much later.
struct Moment: Sendable {
    /// Whom `/reply` is for.
    var whisperer: Author?
    /// How often the user had gone to another room by then.
    var switches = 0
}

extension CommandDesk {
    /// How much of a room's past is shown to who enters it.
    static var replayed: Int { 20 }

    func take(_ happening: Happening) async { await take(happening, in: nil) }

    func refuse(_ reason: String) async { await take(.refused(CleanText(reason))) }

    func refuse(_ error: RequestError) async { await refuse(texts.trouble(Trouble(error))) }

    func refuse(_ problem: CommandProblem) async { await refuse(texts.problem(problem)) }

    /// To be told of all that happens, before it is shown: what it means for the commands that come.
    func note(_ happening: Happening, in room: RoomName?) {
        switch happening {
        case .entered(let entry): pages.enter(entry)
        case .answer(.outside(let room)): pages.leave(room)
        case .answer(.removed(let room, _, _, _)): isOut(of: room)
        case .notEntered: if let room { isOut(of: room) }
        default: break
        }
    }

    private func isOut(of room: RoomName) {
        pages.leave(room)
        if target == room { target = nil }
    }
}

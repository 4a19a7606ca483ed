import ChatCore
import ChatWire

/// Entering rooms, for the first time and again.
extension ClientSession {
    /// Enters what is to be entered, and goes on with the rest when that is done.
    ///
    /// As long as we are not yet who we have been, one room at a time: whose answer says that we are.
    mutating func restore(at now: Duration) {
        guard phase == .restoring else { return }
        let isEntering = inFlight.contains { if case .enter = $0.purpose { true } else { false } }
        if identity.hasToShow {
            guard !isEntering else { return }
            if !entering.isEmpty { return enter(entering.removeFirst()) }
        }
        for one in entering { enter(one) }
        let isDone = entering.isEmpty && !isEntering
        entering = []
        guard isDone else { return }
        phase = .live
        // In no room we are somebody new, until we enter one and show who we have been.
        if identity.hasToShow, !wantsToEnter, let name = identity.name { send(.rename(name), as: .name(name)) }
        pump(at: now)
    }

    private var wantsToEnter: Bool {
        queue.contains { if case .enter = $0.operation { true } else { false } }
    }

    mutating func enter(_ entering: Entering) {
        var entry = entering.wish ?? Entry(from: place(entering.room)?.start ?? .now)
        entry.session = identity.show()
        send(.enter(entering.room, entry), as: .enter(entering, shows: entry.session != nil))
    }

    mutating func entered(_ entering: Entering, shows: Bool, _ entered: StructuredEnter, at now: Duration) {
        settle(entering, entered)
        if entering.wish?.name != nil { identity.name = entered.author.name }
        tell(.entered(entered))
        if let number = entering.number { complete(number, .success(.entered(entered))) }
        if shows {
            identity.shown(isResumed: entered.isResumed == true)
            if identity.name == nil, entered.isResumed == true { identity.name = entered.author.name }
            // Somebody new has to take the name that is ours before saying anything under it.
            if let name = identity.name, entered.author.name != name { send(.rename(name), as: .name(name)) }
        }
        restore(at: now)
    }

    mutating func notEntered(_ entering: Entering, shows: Bool, _ error: StructuredError, at now: Duration) {
        if shows { identity.notShown() }
        if let number = entering.number { complete(number, .failure(.refused(error))) }
        if entering.wish == nil {
            places.removeAll { $0.room == entering.room }
            abandonSays(in: entering.room, error)
            tell(.notEntered(entering.room, error))
        }
        restore(at: now)
    }

    /// The server says from where on events come, so that we can go on from there even if the connection is lost before the
    /// first of them.
    private mutating func settle(_ entering: Entering, _ entered: StructuredEnter) {
        let place = Place(room: entering.room, epoch: entered.epoch, seen: entered.after)
        if let index = places.firstIndex(where: { $0.room == entering.room }) {
            places[index] = place
        } else {
            places.append(place)
        }
    }

    func place(_ room: RoomName) -> Place? { places.first { $0.room == room } }
}

import ChatCore
import ChatWire

/// What our user asks for, until it is sent.
extension ClientSession {
    mutating func ask(_ number: RequestNumber, _ operation: StructuredRequest.Operation, at now: Duration) {
        switch phase {
        case .over(let error): return complete(number, .failure(.ended(error)))
        case .leaving: return complete(number, .failure(.ended(nil)))
        case .connecting, .greeting, .restoring, .live, .waiting: break
        }
        switch operation {
        case .say(let room, let text, let isAction, let id):
            says.append(Say(number: number, room: room, text: text, isAction: isAction, id: id))
        // A server that says goodbye would be gone back to, if that were not our wish.
        case .bye: return close(number, at: now)
        default: queue.append((number, operation))
        }
        pump(at: now)
    }

    /// Nobody waits for that request any more. What was not sent is not going to be.
    mutating func cancel(_ number: RequestNumber, because error: RequestError = .cancelled, at now: Duration) {
        if let index = says.firstIndex(where: { $0.number == number }) {
            if says[index].isSent {
                guard !says[index].isAbandoned else { return }
                says[index].isAbandoned = true
            } else {
                says.remove(at: index)
            }
        } else if let index = queue.firstIndex(where: { $0.number == number }) {
            queue.remove(at: index)
        } else if let index = entering.firstIndex(where: { $0.number == number }) {
            entering.remove(at: index)
        } else if let index = inFlight.firstIndex(where: { $0.number == number }) {
            switch inFlight[index].purpose {
            case .ask(_, let operation): inFlight[index].purpose = .ask(nil, operation)
            case .enter(var entering, let shows):
                entering.number = nil
                inFlight[index].purpose = .enter(entering, shows: shows)
            case .keepAlive, .bye, .name, .say: break
            }
        } else if !forgetWait(number) {
            return
        }
        complete(number, .failure(error))
        pump(at: now)
    }

    /// Sends what may be sent now.
    mutating func pump(at now: Duration) {
        guard phase == .live else { return }
        forgetOldSays(at: now)
        for index in says.indices.prefix(options.window) where !says[index].isSent {
            let say = says[index]
            says[index].isSent = true
            if say.firstSent == nil { says[index].firstSent = now }
            send(.say(say.room, say.text, isAction: say.isAction, id: say.id), as: .say(say.number))
        }
        for (number, operation) in queue {
            if case .enter(let room, let entry) = operation {
                enter(Entering(room: room, wish: entry, number: number))
            } else {
                send(operation, as: .ask(number, operation))
            }
        }
        queue = []
    }

    /// The connection is lost: what was sent on it waits for the next one, or is interrupted.
    mutating func putBack() {
        let sent = inFlight
        inFlight = []
        var again: [Entering] = []
        for one in sent {
            switch one.purpose {
            case .enter(let entering, _) where entering.number != nil: again.append(entering)
            case .ask(let number?, _): complete(number, .failure(.interrupted))
            case .enter, .ask, .say, .keepAlive, .bye, .name: break
            }
        }
        entering = again + entering.filter { $0.wish != nil }
        says.removeAll(where: \.isAbandoned)
        for index in says.indices { says[index].isSent = false }
    }

    // MARK: What is said

    mutating func said(_ number: RequestNumber, _ outcome: Outcome, at now: Duration) {
        guard let index = says.firstIndex(where: { $0.number == number }) else { return }
        let say = says.remove(at: index)
        if !say.isAbandoned { complete(number, outcome) }
        pump(at: now)
    }

    /// The server forgets what it has said: what may be older is not sent again, or it could be said twice.
    private mutating func forgetOldSays(at now: Duration) {
        let old = says.filter { say in
            !say.isSent && say.firstSent.map { now - $0 > options.resendWithin } ?? false
        }
        says.removeAll { say in old.contains { $0.number == say.number } }
        for say in old { complete(say.number, .failure(.interrupted)) }
    }

    /// We are in that room no more; of what was sent before nobody knows whether it was said.
    mutating func abandonSays(in room: RoomName, _ error: StructuredError) {
        for say in says where say.room == room {
            complete(say.number, .failure(say.firstSent == nil ? .refused(error) : .interrupted))
        }
        says.removeAll { $0.room == room }
    }
}

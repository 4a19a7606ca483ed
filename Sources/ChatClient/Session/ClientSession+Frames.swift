import ChatCore
import ChatWire

/// What the server says.
extension ClientSession {
    mutating func received(_ frame: StructuredFrame, at now: Duration) {
        guard intention == .stay else { return }
        pulse.heard(at: now)
        switch frame {
        case .welcome(let welcome): welcomed(welcome, at: now)
        case .answer(let answer): received(answer, at: now)
        case .event(let event): received(event)
        case .whispered(let author, let text): tell(.whispered(from: author, text))
        case .gap(let room, let after, let missed): tell(.gap(room, after: after, missed: missed))
        case .notice(let notice):
            if case .removed(let room, _, _, _) = notice { places.removeAll { $0.room == room } }
            tell(.notice(notice))
        case .closing(let closing): lost(.closing(endpoint, closing), at: now)
        case .unknown: break
        }
    }

    /// What the server sends makes no sense, so that nothing can be relied on any more.
    mutating func misunderstood(_ what: String, at now: Duration) {
        lost(.notUnderstood(endpoint, what), at: now)
    }

    private mutating func received(_ event: RoomEvent) {
        if let index = places.firstIndex(where: { $0.room == event.room }) {
            guard event.sequence > places[index].seen else { return }
            places[index].seen = event.sequence
        }
        tell(.room(event))
    }

    /// Answers come in the order of the requests, so one without `ref` is that of the oldest: it could not be read.
    private mutating func received(_ answer: StructuredAnswer, at now: Duration) {
        let found = answer.ref.map { ref in inFlight.firstIndex { $0.reference == ref } } ?? inFlight.indices.first
        guard let found else { return }
        switch (inFlight.remove(at: found).purpose, answer.result) {
        case (.keepAlive, _), (.bye, _): break
        case (.name(let name), .failure(let error)):
            identity.name = nil
            tell(.nameLost(name, error))
        case (.name, .success): break
        case (.enter(let entering, let shows), .success(let json)):
            guard let entered = StructuredEnter(json) else { return misunderstood("the answer to an enter", at: now) }
            self.entered(entering, shows: shows, entered, at: now)
        case (.enter(let entering, let shows), .failure(let error)):
            notEntered(entering, shows: shows, error, at: now)
        case (.say(let number), .success(let json)):
            guard let sequence = json["seq"]?.whole else { return misunderstood("the answer to a say", at: now) }
            said(number, .success(.said(sequence, again: json["again"]?.bool == true)), at: now)
        case (.say(let number), .failure(let error)): said(number, .failure(.refused(error)), at: now)
        case (.ask(let number, let operation), .success(let json)):
            done(operation)
            guard let number else { return }
            let reply = StructuredReply(json, to: operation)
            complete(number, reply.map { .success($0) } ?? .failure(.notUnderstood))
        case (.ask(let number, _), .failure(let error)):
            if let number { complete(number, .failure(.refused(error))) }
        }
    }

    /// What an answer means to us.
    private mutating func done(_ operation: StructuredRequest.Operation) {
        switch operation {
        case .leave(let room): places.removeAll { $0.room == room }
        case .rename(let name): identity.name = name
        default: break
        }
    }
}

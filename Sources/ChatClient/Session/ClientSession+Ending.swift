import ChatCore
import ChatWire

/// Waiting for the beginning, and the end.
extension ClientSession {
    /// Completed by the first welcome.
    mutating func awaitWelcome(_ number: RequestNumber) {
        if case .over(let error) = phase {
            complete(number, .failure(.ended(error)))
        } else if wasWelcomed {
            complete(number, .success(.done))
        } else {
            waitingForWelcome.append(number)
        }
    }

    /// Leaves the server: completed when that is done.
    mutating func close(_ number: RequestNumber, at now: Duration) {
        waitingForEnd.append(number)
        switch phase {
        case .leaving: break
        case .greeting, .restoring, .live:
            phase = .leaving(until: now + options.goodbye)
            send(.bye, as: .bye)
            failWaiting(.ended(nil))
        case .connecting, .waiting, .over: end(nil)
        }
    }

    /// Ends for good: by our user's wish, or because of an error.
    mutating func end(_ error: ClientError?) {
        if case .over = phase {
        } else {
            phase = .over(error)
            tell(.state(error.map { .failed($0) } ?? .closed))
        }
        failWaiting(.ended(error))
        for number in inFlight.compactMap(\.number) + says.map(\.number) + waitingForWelcome {
            complete(number, .failure(.ended(error)))
        }
        for number in waitingForEnd { complete(number, .success(.done)) }
        (inFlight, says, waitingForWelcome, waitingForEnd) = ([], [], [], [])
    }

    /// Fails what has not been sent.
    private mutating func failWaiting(_ error: RequestError) {
        let unsent = says.filter { !$0.isSent }.map(\.number)
        says.removeAll { !$0.isSent }
        for number in unsent + queue.map(\.number) + entering.compactMap(\.number) { complete(number, .failure(error)) }
        (queue, entering) = ([], [])
    }

    /// Gives up a wait for the welcome or the end.
    mutating func forgetWait(_ number: RequestNumber) -> Bool {
        for list in [\ClientSession.waitingForWelcome, \.waitingForEnd] {
            guard let index = self[keyPath: list].firstIndex(of: number) else { continue }
            self[keyPath: list].remove(at: index)
            return true
        }
        return false
    }
}

import ChatClient
import ChatCore
import ChatTerminal

/// What stands before the line: where one is, who one is, and how the connection is.
extension TerminalChat {
    func showPrompt() {
        var state = rooms.prompt(connection)
        if let own = state.author, own.name.map({ kept.contains($0) }) == true {
            state.author = Author(own.member, name: own.name, isVerified: true)
        }
        let (width, isVerified) = (rooms.look.width + 1, state.author?.isVerified == true)
        // Whether a name is verified makes it no other name.
        if let prompted, prompted == (state, width, isVerified) { return }
        prompted = (state, width, isVerified)
        session.setPrompt(state.text(texts, width: width))
    }

    /// What events say of names leaves out whether they are kept; so it is known from when they were taken.
    func keep(_ name: Nickname, _ isKept: Bool) {
        if !isKept { kept.remove(name) } else if kept.count < Self.mostKept { kept.insert(name) }
    }

    private static let mostKept = 16

    func connectionIs(_ state: ConnectionState) {
        counting?.cancel()
        counting = nil
        connection = PromptState.Connection(state, left: 0)
        if case .waiting(let wait, _) = state { countDown(to: ContinuousClock.now + wait) }
        showPrompt()
    }

    private func countDown(to end: ContinuousClock.Instant) {
        connection = .waiting(seconds: Self.seconds(until: end))
        counting = Task {
            while (try? await Task.sleep(for: .seconds(1))) != nil {
                guard case .waiting = connection, !Task.isCancelled else { return }
                connection = .waiting(seconds: Self.seconds(until: end))
                showPrompt()
            }
        }
    }

    /// As they are counted: the last second is 1.
    static func seconds(until end: ContinuousClock.Instant) -> Int {
        let (seconds, rest) = max(.zero, end - .now).components
        return Int(seconds) + (rest > 0 ? 1 : 0)
    }
}

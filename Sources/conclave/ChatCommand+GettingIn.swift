import ArgumentParser
import ChatClient
import ChatCore
import ChatTerminal
import ChatWire
import CommandKit

/// How a person comes to a server and into a room.
extension ChatCommand {
    // MARK: Where to go

    /// Whether nothing was said of any server.
    var isUndecided: Bool {
        otherServer == nil && trust.pin.isEmpty && trust.ca == nil && trust.serverName == nil
            && !trust.dangerouslyAcceptAnyCertificate
    }

    /// Asks for one of the last servers, or another. Who was nowhere yet is told how it all works first.
    /// - Returns: false if there was no answer.
    mutating func decide() async throws -> Bool {
        guard let (place, nick) = try await RecentQuestion.ask(.standard, Surroundings.texts) else { return false }
        otherServer = place
        self.nick = self.nick ?? nick
        return true
    }

    /// So that one can come back without a word: also to whom only a key is to be believed that was given.
    func remember(_ room: RoomName) async throws {
        guard let directory = ConfigDirectory.standard else { return }
        let entry = RecentServers.Entry(
            server.endpoint,
            room: room == .lobby ? nil : room,
            nick: nick,
            pins: server.pins + trust.pin.filter { !server.pins.contains($0) }
        )
        try await RecentQuestion.remember(entry, in: directory)
    }

    // MARK: Into a room

    /// Enters the room. Who cannot have the name that was wished for is there without it.
    /// - Returns: why it could not be had.
    func enter(_ room: RoomName, _ client: ChatClient, _ texts: Texts) async throws -> String? {
        let start = Entry.Start.last(TerminalChat.replayed)
        do throws(RequestError) {
            do {
                try await client.enter(room, as: nick, from: start)
                return nil
            } catch .refused(let refusal) where nick != nil && refusal.isAboutName {
                try await client.enter(room, from: start)
                return texts.trouble(Trouble(refusal))
            }
        } catch {
            switch error {
            case .ended(let reason?): throw reason
            case .refused(let refusal):
                Conclave.complain(texts.trouble(Trouble(refusal)))
                throw ClientError.noEntry(room)
            default: throw error
            }
        }
    }

    // MARK: And out again

    /// Tells what ends a chat in the language of whoever is there.
    static func telling(_ texts: Texts, _ chat: () async throws -> Void) async throws {
        do {
            try await chat()
        } catch let error as ClientError {
            throw told(texts.trouble(Trouble(error)), error)
        } catch let error as RequestError {
            throw told(texts.trouble(Trouble(error)), error)
        } catch let error as TerminalError {
            throw told(texts.trouble(error), error)
        }
    }

    private static func told(_ words: String, _ error: any Error) -> ExitCode {
        Conclave.complain(words)
        return ExitCode(Complaint.status(of: error))
    }
}

extension StructuredError {
    /// Whether it is the name that cannot be had.
    fileprivate var isAboutName: Bool {
        [.nameTaken, .alreadyNamed, .nameReserved, .nameCertified].contains(code)
    }
}

import ChatClient
import ChatCore
import ChatWire
import TLS

/// A bot on the client library: it throws a die for whoever says "!dice".
///
/// usage: dice-bot HOST[:PORT] CA-FILE [ROOM]
@main struct DiceBot {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count >= 2, let endpoint = Endpoint(arguments[1]) else {
            fatalError("usage: dice-bot HOST[:PORT] CA-FILE [ROOM]")
        }
        let room = arguments.count > 2 ? try RoomName(arguments[3]) : .lobby
        let trust = ServerTrust(TrustPolicy(authority: .authorities(file: arguments[2])))
        let client = try await ChatClient.connect(to: endpoint, trusting: trust)
        try await client.enter(room, as: Nickname("dice"))
        for await case .room(let event) in client.events {
            guard case .said(let author, let text) = event.body, text.string == "!dice" else { continue }
            try await client.say("\(author.label) throws a \(Int.random(in: 1...6))", in: room)
        }
    }
}

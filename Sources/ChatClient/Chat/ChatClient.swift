internal import ChatWire
internal import NIOConcurrencyHelpers
public import TLS

/// A client of conclave/1: rooms to enter, things to say, and events to read.
///
/// When the connection is lost it connects again by itself, waiting longer from failure to failure, enters the rooms again
/// where it was, and says again what was not acknowledged, under the same ids: each message is published once, and each
/// event told once.
///
///     let client = try await ChatClient.connect(to: endpoint, trusting: ServerTrust())
///     try await client.enter(.lobby, as: Nickname("alice"))
///     try await client.say("hello", in: .lobby)
///     for await event in client.events { … }
///
/// Somebody has to read ``events``, or answers get stuck behind them. It ends with ``close()``, or when nobody holds it any
/// more.
public final class ChatClient: Sendable {
    public let endpoint: Endpoint
    let core: ClientCore

    /// Connects, and waits until the server has welcomed us.
    /// - Parameters:
    ///   - name: what the server's certificate has to be for.
    ///   - tls: of a client that offers `conclave/1`, as ``TLS/TLSContext/structured(trust:)`` makes it.
    /// - Throws: what is wrong with the first connection. With ``ClientOptions/retriesFirst`` only what does not get better
    ///   by trying again.
    public static func connect(
        to endpoint: Endpoint,
        expecting name: TLSPeerName,
        tls: TLSContext,
        options: ClientOptions = ClientOptions()
    ) async throws(ClientError) -> ChatClient {
        try await connect(to: endpoint, nil, options) {
            try await ChatConnection.connect(
                to: endpoint,
                expecting: name,
                tls: tls,
                readInterval: options.readInterval
            )
        }
    }

    /// The same, with all that ``ServerTrust`` says: whom to believe, whom to ask, and who we are.
    ///
    /// Each connection that is made later is judged in the same way, but then nobody is asked any more.
    public static func connect(
        to endpoint: Endpoint,
        trusting trust: ServerTrust,
        options: ClientOptions = ClientOptions()
    ) async throws(ClientError) -> ChatClient {
        let isFirst = NIOLockedValueBox(true)
        return try await connect(to: endpoint, trust, options) {
            let mayAsk = isFirst.withLockedValue { $0 }
            let protocols = [StructuredCodec.name]
            let connection = try await trust.connect(
                to: endpoint,
                speaking: protocols,
                mayAsk: mayAsk,
                readInterval: options.readInterval
            )
            isFirst.withLockedValue { $0 = false }
            return connection
        }
    }

    private static func connect(
        to endpoint: Endpoint,
        _ trust: ServerTrust?,
        _ options: ClientOptions,
        _ dial: @escaping ClientCore.Dial
    ) async throws(ClientError) -> ChatClient {
        let core = ClientCore(endpoint: endpoint, trust: trust, options: options)
        let client = ChatClient(core)
        core.start(dial)
        do {
            _ = try await core.call { state, number, _ in state.session.awaitWelcome(number) }
        } catch {
            if case .ended(let reason?) = error { throw reason }
            throw .givenUp(endpoint)
        }
        return client
    }

    private init(_ core: ClientCore) {
        endpoint = core.endpoint
        self.core = core
    }

    deinit { core.stop() }

    /// What happens, to be read by one.
    public var events: ChatEvents { ChatEvents(client: self) }

    /// What was agreed on for the connection of now, with the server's certificate; nil while there is none.
    public var agreement: TLSAgreement? { core.connection?.agreement }

    /// What the server was believed by for the connection of now; nil while there is none, or if it is all in the context of
    /// TLS that was given.
    public var basis: TrustBasis? { core.connection?.basis }

    /// The words of the connection of now, to be compared with the other end's; nil while there is none.
    public var words: ConnectionWords? { core.connection?.words }

    /// Leaves the server, and waits until it has said goodbye, though not for ever. What has not been sent by now is not.
    public func close() async {
        await withTaskGroup { [core] tasks in
            tasks.addTask {
                _ = try? await core.call { state, number, now in state.session.close(number, at: now) }
            }
            tasks.addTask {
                let timepiece = core.timepiece
                try? await timepiece.sleep(until: timepiece.now + core.options.goodbye)
                core.tell { $0.session.tick(at: $1) }
            }
            await tasks.next()
            tasks.cancelAll()
        }
    }
}

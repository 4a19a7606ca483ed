import ChatWire
import NIOCore
import TLS

/// Connecting, and what is done with a connection.
extension ClientCore {
    typealias Dial = @Sendable () async throws -> ChatConnection

    /// Begins to connect, in a task of its own that ends with the session.
    func start(_ dial: @escaping Dial) {
        let runner = Task { await run(dial) }
        tell { state, _ in state.runner = runner }
    }

    /// Ends, whatever the session is about.
    func stop() {
        tell { state, _ in state.session.end(nil) }
    }

    private func run(_ dial: Dial) async {
        while true {
            switch intention {
            case .stop: return
            case .wait(let until):
                try? await timepiece.sleep(until: until)
                tell { $0.session.tick(at: $1) }
            case .connect, .stay:
                let error = await visit(dial)
                tell { $0.session.lost(error, at: $1) }
            }
        }
    }

    /// One connection, from its beginning to its end.
    private func visit(_ dial: Dial) async -> ClientError {
        do {
            let connection = try await dial()
            guard connection.agreement.applicationProtocol == StructuredCodec.name else {
                try await connection.run(bytes: { _, _ in })
                return .noStructuredProtocol(endpoint)
            }
            return try await connection.run(bytes: { inbound, speaker in
                let error = await self.converse(connection, inbound, speaker)
                // A goodbye takes its time only if it is one.
                if self.intention != .stop { connection.abort() }
                return error
            })
        } catch let error as ClientError {
            return error
        } catch {
            return .cutOff(endpoint)
        }
    }

    private func converse(
        _ connection: ChatConnection,
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ speaker: ChatSpeaker
    ) async -> ClientError {
        let alarm = openOutbox()
        use(connection)
        defer { use(nil) }
        tell { $0.session.connected(at: $1) }
        return await withTaskGroup(of: ClientError.self) { tasks in
            tasks.addTask { await self.listen(connection, inbound) }
            tasks.addTask { await self.speak(speaker, alarm) }
            tasks.addTask { await self.watchTheTime() }
            defer { tasks.cancelAll() }
            return await tasks.next() ?? .cutOff(endpoint)
        }
    }

    /// Takes what the server says, as fast as our user reads it.
    private func listen(
        _ connection: ChatConnection,
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    ) async -> ClientError {
        var reader = StructuredReader()
        // Once for a connection: it is written to the disk, and a server has one next key.
        var hasLearned = false
        var frames: [Result<StructuredFrame, JSONProblem>] = []
        do {
            for try await bytes in inbound {
                var taken = 0
                while taken < bytes.readableBytes {
                    var announced: NextPin?
                    frames.removeAll(keepingCapacity: true)
                    taken += reader.feed(bytes.readableBytesSpan.extracting(droppingFirst: taken)) { frame in
                        frames.append(frame)
                        if case .success(.welcome(let welcome)) = frame { announced = welcome.nextPin }
                        return announced == nil && frames.count < mostTogether
                    }
                    await take(frames)
                    if let announced, !hasLearned {
                        hasLearned = true
                        await trust?.learn(announced, from: connection)
                    }
                    guard intention == .stay else { return .ended(endpoint) }
                }
            }
            return .ended(endpoint)
        } catch {
            return ClientError(lost: endpoint, error)
        }
    }

    /// How many of the server's lines are taken at once: by so many at most there are more events than may wait.
    private var mostTogether: Int { min(64, max(1, options.eventBuffer / 4)) }

    /// Takes some lines, and waits while too many events are not read.
    private func take(_ frames: [Result<StructuredFrame, JSONProblem>]) async {
        guard !frames.isEmpty else { return }
        tell { state, now in
            for frame in frames where state.session.intention == .stay {
                switch frame {
                case .success(let frame): state.session.received(frame, at: now)
                case .failure(let problem): state.session.misunderstood(problem.reason, at: now)
                }
            }
        }
        await waitForRoom()
    }

    /// Sends what there is to send. If that fails, the listener hears the end, and perhaps why.
    private func speak(_ speaker: ChatSpeaker, _ alarm: AsyncStream<Void>) async -> ClientError {
        for await _ in alarm {
            var bytes: [UInt8] = []
            for request in takeOutbox() { request.encode(into: &bytes) }
            if !bytes.isEmpty { try? await speaker.send(bytes) }
        }
        return .ended(endpoint)
    }

    /// Tells the session when its time has come, until it wants the connection no more.
    private func watchTheTime() async -> ClientError {
        while !Task.isCancelled, intention == .stay {
            try? await timepiece.sleep(until: deadline ?? timepiece.now + options.pingAfter)
            tell { state, now in
                // If it waits for the next connection by now, that is not our time to watch.
                if state.session.intention == .stay { state.session.tick(at: now) }
            }
        }
        return .ended(endpoint)
    }
}

import ChatClient
import ChatCore
import ChatWire

/// A chat for programs: events go out as JSON, one a line; what comes in is an operation of conclave/1, or a line to say.
///
/// Answers to operations have the `ref` that their request had. Of lines, only what could not be said is answered.
actor JSONChat {
    private let client: ChatClient
    private let output: @Sendable ([UInt8]) async throws -> Void
    private let wishes: (name: Nickname?, room: RoomName)

    private let pending = ReplyQueue(most: 64)
    private var wasRefused = false
    private var outputError: (any Error)?

    init(
        _ client: ChatClient,
        as name: Nickname?,
        in room: RoomName,
        output: @escaping @Sendable ([UInt8]) async throws -> Void
    ) {
        self.client = client
        self.output = output
        wishes = (name, room)
    }

    /// Runs until the input ends and all has been answered, or the client gives up.
    func run(input: @escaping @Sendable () async throws -> [UInt8]?) async throws {
        // Not waited for when the client has ended: a read of input may block for ever.
        let speaker = Task {
            do {
                try await self.speak(input)
                await self.client.close()
            } catch {
                await self.client.close()
                throw error
            }
        }
        for await event in client.events {
            var bytes: [UInt8] = []
            event.encode(into: &bytes)
            await write(bytes)
            if case .state(.failed(let error)) = event { throw error }
        }
        if let outputError { throw outputError }
        try await speaker.value
        if wasRefused { throw ClientError.notAllSaid }
    }

    private func speak(_ input: @Sendable () async throws -> [UInt8]?) async throws {
        do {
            try await client.enter(wishes.room, as: wishes.name)
        } catch {
            await answer(nil, error)
            throw error
        }
        var framer = LineFramer(limit: 32 * 1024)
        while let bytes = try await input() {
            var lines: [(LineFramer.Kind, [UInt8])] = []
            _ = framer.feed(bytes.span.bytes) { kind, line in
                lines.append((kind, line.withUnsafeBytes { Array($0) }))
                return true
            }
            for (kind, line) in lines { guard await take(kind, line) else { return } }
        }
        var last: [(LineFramer.Kind, [UInt8])] = []
        framer.finish { kind, line in last.append((kind, line.withUnsafeBytes { Array($0) })) }
        for (kind, line) in last { guard await take(kind, line) else { return } }
        await pending.drain()
    }

    /// - Returns: false if it has said bye: that is the end of the input.
    private func take(_ kind: LineFramer.Kind, _ line: [UInt8]) async -> Bool {
        guard kind == .line else {
            await answer(nil, .refused(StructuredError(.tooLong, "a line may have \(line.count) bytes")))
            return true
        }
        guard line.first == UInt8(ascii: "{") else {
            let text = CleanText(line.span.bytes)
            if !text.isEmpty { await begin(.say(wishes.room, text, isAction: false, id: nil), nil) }
            return true
        }
        do throws(RequestProblem) {
            let request = try StructuredRequest(line.span.bytes, textLimit: .max)
            if case .bye = request.operation {
                await pending.drain()
                await answer(request.ref, .done)
                return false
            }
            await begin(request.operation, request.ref)
        } catch {
            await answer(error.ref, .refused(error.error))
        }
        return true
    }

    private func begin(_ operation: StructuredRequest.Operation, _ ref: String?) async {
        await pending.add(client.begin(operation)) { result in
            switch result {
            case .success(let reply): await self.answer(ref, reply)
            case .failure(let error): await self.answer(ref, error)
            }
        }
    }

    private func answer(_ ref: String?, _ reply: StructuredReply) async {
        guard let ref else { return }
        var bytes: [UInt8] = []
        reply.encode(ref: ref, into: &bytes)
        await write(bytes)
    }

    private func answer(_ ref: String?, _ error: RequestError) async {
        wasRefused = true
        let error =
            if case .refused(let refusal) = error { refusal } else { StructuredError(.other("lost"), "\(error)") }
        var bytes: [UInt8] = []
        StructuredAnswer(ref: ref, .failure(error)).encode(into: &bytes)
        await write(bytes)
    }

    private func write(_ bytes: [UInt8]) async {
        guard outputError == nil else { return }
        do {
            try await output(bytes)
        } catch {
            outputError = error
            await client.close()
        }
    }
}

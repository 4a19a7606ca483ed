public import ChatCore
internal import ChatWire

/// A chat of lines over conclave/1, for a pipe or a plain terminal: input to the room, the room to output, as the text
/// protocol writes it. Connections that are lost are made again, and nothing is lost or said twice.
///
/// The end of input leaves, when all that was said has been acknowledged.
public actor LineChat {
    public typealias Output = @Sendable ([CleanText]) async throws -> Void

    let client: ChatClient
    private let output: Output
    private let wishes: (name: Nickname?, room: RoomName)

    // What the extensions share.
    var view: LineView
    /// The room that lines go to.
    var room: RoomName?
    /// The room that the user was told of last.
    private var shown: RoomName?
    var whisperer: Author?
    /// What was said and not acknowledged.
    private let pending = ReplyQueue(most: 64)
    private var wasRefused = false
    /// Why there is no connection, as the user was told.
    private var trouble: ClientError?
    private var outputError: (any Error)?

    /// How much of a room's past is shown to who enters it.
    static let replayed = 20

    /// - Parameters:
    ///   - name: taken before anything is said.
    ///   - room: entered before anything is said.
    ///   - changes: how the user wants to see it from the beginning.
    ///   - output: takes lines to show, in order.
    public init(
        _ client: ChatClient,
        as name: Nickname? = nil,
        in room: RoomName = .lobby,
        seeing changes: [ViewChange] = [],
        utcOffset: @escaping @Sendable (Timestamp) -> Int,
        output: @escaping Output
    ) {
        self.client = client
        self.output = output
        wishes = (name, room)
        view = LineView(utcOffset: utcOffset)
        for change in changes { view.change(change) }
    }

    /// Runs until the input ends, its user has quit, or the client gives up.
    /// - Parameter input: the next bytes, or nil at the end.
    /// - Throws: ``ClientError`` if the name or the room cannot be had, the client gives up, or not all was said that was
    ///   to be; whatever `input` and `output` throw.
    public func run(input: @escaping @Sendable () async throws -> [UInt8]?) async throws {
        let failure = try await withThrowingTaskGroup(of: ClientError?.self) { tasks in
            // A read of input may block for ever: it is not waited for when the client has ended.
            let (ended, end) = AsyncStream.makeStream(of: Result<Void, any Error>.self)
            Task {
                do {
                    try await self.speak(input)
                    end.yield(.success(()))
                } catch {
                    end.yield(.failure(error))
                }
            }
            tasks.addTask { await self.listen() }
            tasks.addTask {
                for await result in ended {
                    if Task.isCancelled { return nil }
                    await self.client.close()
                    try result.get()
                    return nil
                }
                return nil
            }
            defer { tasks.cancelAll() }
            let first = try await tasks.next() ?? nil
            if first == nil { return try await tasks.next() ?? nil }
            return first
        }
        if let outputError { throw outputError }
        if let failure { throw failure }
        if wasRefused { throw ClientError.notAllSaid }
    }

    // MARK: Out

    private func listen() async -> ClientError? {
        for await event in client.events {
            if case .state(.failed(let error)) = event { return error }
            await show(event)
        }
        return nil
    }

    private func show(_ event: ChatEvent) async {
        switch event {
        case .room(let event): if let line = view.line(event) { await write([line]) }
        case .whispered(let author, let text):
            guard !view.ignores(author) else { return }
            whisperer = author
            await write(.whisper(from: author, text))
        case .gap(_, _, let missed): await write(TextCodec.missed(missed))
        case .notice(let notice): await show(notice)
        case .entered(let entered): await show(entered)
        case .notEntered(let room, let error):
            forget(room)
            await write("* you are not in \(room) any more: \(error.message)\n")
        case .nameLost(let name, let error): await write("* you are not `\(name)` any more: \(error.message)\n")
        case .state(.waiting(_, let error)) where error != trouble:
            trouble = error
            await write("* \(error); trying again until it is there\n")
        case .state(.connected): trouble = nil
        case .state: break
        }
    }

    private func show(_ notice: PersonalNotice) async {
        switch notice {
        case .invited(let room, let author):
            if !view.ignores(author) { await write(.invitation(room, from: author)) }
        case .removed(let room, let author, let reason, let isBan):
            forget(room)
            await write(.removed(room, by: author, reason: reason, isBan: isBan))
        case .unread(let count): await write(TextCodec.missedAnswers(count))
        case .name(_, _, let message): await write("* \(message)\n")
        case .silent(let seconds): await write(TextCodec.silent(seconds: Int64(seconds)))
        }
    }

    private func show(_ entered: StructuredEnter) async {
        let isAgain = shown == entered.room
        shown = entered.room
        view.own = entered.author.member
        if !isAgain || entered.isReset { view.heads[entered.room] = entered.head }
        if isAgain {
            await write("* you are in \(entered.room) again\(entered.isReset ? ", which begins anew" : "")\n")
            if entered.missed > 0 { await write(TextCodec.missed(entered.missed)) }
            return
        }
        let room = RoomView(
            name: entered.room,
            topic: entered.topic,
            members: entered.members.count + entered.more,
            isPrivate: entered.isPrivate,
            slow: entered.slow,
            mayModerate: entered.isModerator,
            isClosed: entered.isPrivate
        )
        await write(TextCodec.entered(room) + TextCodec.keeps(entered.keeps))
    }

    /// One is in that room no more.
    func forget(_ room: RoomName) {
        if self.room == room { self.room = nil }
        if shown == room { shown = nil }
    }

    func write(_ answer: Answer) async { await write(TextCodec.answer(answer)) }

    func write(_ text: String) async {
        await write(text.split(separator: "\n").map { CleanText(String($0)) })
    }

    func write(_ lines: [CleanText]) async {
        guard outputError == nil else { return }
        do {
            try await output(lines)
        } catch {
            outputError = error
            await client.close()
        }
    }

    // MARK: In

    private func speak(_ input: @Sendable () async throws -> [UInt8]?) async throws {
        do throws(RequestError) {
            try await client.enter(wishes.room, as: wishes.name, from: .last(Self.replayed))
        } catch {
            guard case .refused(let refusal) = error else { return }
            await write("* \(refusal.message)\n")
            let isName = [.nameTaken, .alreadyNamed, .nameReserved, .nameCertified].contains(refusal.code)
            throw isName ? wishes.name.map(ClientError.noName) ?? .noEntry(wishes.room) : .noEntry(wishes.room)
        }
        room = wishes.room
        var decoder = TextDecoder(mayBeForeign: false)
        while let bytes = try await input() {
            var requests: [TextInput] = []
            _ = decoder.feed(bytes.span.bytes) { request, _ in
                requests.append(request)
                return true
            }
            for request in requests { guard await take(request) else { return await pending.drain() } }
        }
        var last: [TextInput] = []
        decoder.finish { last.append($0) }
        for request in last { _ = await take(request) }
        await pending.drain()
    }

    /// - Returns: false if the user leaves.
    private func take(_ input: TextInput) async -> Bool {
        switch input {
        case .request(.nothing): break
        case .request(.say(let text)): await say(text, isAction: false)
        case .request(.command(.act(.act(let text)), _)): await say(text, isAction: true)
        case .request(.command(.quit, _)): return false
        case .request(.command(let request, _)):
            await pending.drain()
            await perform(request)
        case .request(.problem(let problem)): await write(TextCodec.problem(problem))
        case .tooLong:
            await write(TextCodec.tooLong(limit: TextCodec.lineLimit))
            wasRefused = true
        case .foreign: break  // never, as the decoder was not to look
        }
        return true
    }

    private func say(_ text: CleanText, isAction: Bool) async {
        guard let room else {
            wasRefused = true
            return await write(.refused(.nowhere))
        }
        await pending.add(client.begin(.say(room, text, isAction: isAction, id: nil))) { result in
            if case .failure(let error) = result { await self.notSaid(error) }
        }
    }

    private func notSaid(_ error: RequestError) async {
        wasRefused = true
        if case .refused(let refusal) = error { await write("* \(refusal.message)\n") }
    }
}

public import ChatCore
internal import ChatWire
internal import NIOConcurrencyHelpers

/// A client of lines, for a pipe or a plain terminal: input to the room, the room to output.
///
/// The end of input asks to leave; then it reads on until the server has answered everything that was said.
public struct LineClient: Sendable {
    private let connection: ChatConnection
    private let opening: Opening

    /// - Parameters:
    ///   - name: taken before anything is said.
    ///   - room: gone to before anything is said.
    public init(_ connection: ChatConnection, as name: Nickname? = nil, in room: RoomName? = nil) {
        self.connection = connection
        opening = Opening(name: name, room: room)
    }

    /// Runs until the server closes the connection.
    /// - Parameters:
    ///   - input: the next bytes to send, or nil at the end.
    ///   - output: takes lines to show, in order.
    /// - Throws: ``ClientError`` if the connection is cut off, ends though nobody asked to leave, the name or the room cannot
    ///   be had, or not all was said that was to be; whatever `input` and `output` throw.
    public func run(
        input: @escaping @Sendable () async throws -> [UInt8]?,
        output: ([CleanText]) async throws -> Void
    ) async throws {
        let watch = SpeechWatch()
        try await connection.run { lines, speaker in
            // Not waited for when the server ends first: a read from a terminal cannot be interrupted.
            let (opened, isOpened) = AsyncStream.makeStream(of: Bool.self)
            let sender = Task { try await send(input, to: speaker, watch, after: opened) }
            defer { sender.cancel() }
            if opening.isOver { isOpened.yield(true) }
            var opening = opening
            for try await batch in lines {
                watch.look(at: batch)
                if watch.takeQuestion() { try await output([CleanText("* \(connection.words.line)")]) }
                let wasOver = opening.isOver
                try await output(wasOver ? batch : batch.filter { opening.shows($0.string) })
                guard opening.isOver, !wasOver else { continue }
                watch.failure(opening.failure)
                isOpened.yield(opening.failure == nil)
            }
        }
        let seen = watch.seen
        if let error = seen.inputError { throw error }
        guard seen.hasQuit else { throw ClientError.ended(connection.endpoint) }
        if let failure = seen.failure { throw failure }
        guard !seen.wasRefused else { throw ClientError.notAllSaid }
    }

    /// - Throws: when the connection takes no more, of which the reading side knows the reason.
    private func send(
        _ input: @Sendable () async throws -> [UInt8]?,
        to speaker: ChatSpeaker,
        _ watch: SpeechWatch,
        after opened: AsyncStream<Bool>
    ) async throws {
        try await speaker.send(Array(opening.request.utf8))
        let maySpeak = await opened.first { _ in true } ?? false
        while maySpeak, let bytes = await Self.next(input, watch) {
            watch.look(at: bytes)
            try await speaker.send(bytes)
        }
        try Task.checkCancellation()  // the server ended first: that the input stops now is not the user's wish
        // The last line may have come without its end; an empty line more does no harm.
        let quit = Array("\n/quit\n".utf8)
        watch.look(at: quit)
        try await speaker.send(quit)
    }

    /// An input that fails has ended; what went wrong is told when the room has been left.
    private static func next(_ input: @Sendable () async throws -> [UInt8]?, _ watch: SpeechWatch) async -> [UInt8]? {
        do {
            return try await input()
        } catch {
            watch.inputFailed(error)
            return nil
        }
    }
}

/// Reads along what the user says, by the same reading of lines as the server's, and what the server answers.
private final class SpeechWatch: Sendable {
    struct Seen: Sendable {
        var hasQuit = false
        /// Whether the words of the connection are asked for, which our end has too.
        var asksForWords = false
        var wasRefused = false
        var failure: ClientError?
        var inputError: (any Error)?
        var decoder = TextDecoder()
    }

    private let state = NIOLockedValueBox(Seen())

    var seen: Seen { state.withLockedValue { $0 } }

    func look(at bytes: [UInt8]) {
        state.withLockedValue { seen in
            var decoder = seen.decoder
            _ = decoder.feed(bytes.span.bytes) { input, _ in
                switch input {
                case .request(.command(.quit, _)): seen.hasQuit = true
                case .request(.command(.act(.verify(nil)), _)): seen.asksForWords = true
                default: break
                }
                return true
            }
            seen.decoder = decoder
        }
    }

    /// What may be said the server knows alone, and says so when something may not.
    func look(at answers: [CleanText]) {
        guard answers.contains(where: { TextCodec.saysNotSaid($0.string) }) else { return }
        state.withLockedValue { $0.wasRefused = true }
    }

    /// - Returns: whether the words were asked for since the last time.
    func takeQuestion() -> Bool {
        state.withLockedValue { seen in
            defer { seen.asksForWords = false }
            return seen.asksForWords
        }
    }

    func failure(_ failure: ClientError?) {
        state.withLockedValue { $0.failure = failure }
    }

    func inputFailed(_ error: any Error) {
        state.withLockedValue { $0.inputError = error }
    }
}

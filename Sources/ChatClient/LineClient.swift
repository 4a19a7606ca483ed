public import ChatCore
internal import ChatWire
internal import NIOConcurrencyHelpers

/// A client of lines, for a pipe or a plain terminal: input to the room, the room to output.
///
/// The end of input asks to leave; then it reads on until the server has answered everything that was said.
public struct LineClient: Sendable {
    private let connection: ChatConnection
    /// What is asked for before anything else.
    private let opening: String

    /// - Parameters:
    ///   - name: taken at once, if it can be had; the server says so if not.
    ///   - room: gone to at once.
    public init(_ connection: ChatConnection, as name: Nickname? = nil, in room: RoomName? = nil) {
        self.connection = connection
        // An empty line first, because what our user says may begin like another protocol's greeting.
        opening = "\n" + (name.map { "/nick \($0.text)\n" } ?? "") + (room.map { "/join \($0.text)\n" } ?? "")
    }

    /// Runs until the server closes the connection.
    /// - Parameters:
    ///   - input: the next bytes to send, or nil at the end.
    ///   - output: takes lines to show, in order.
    /// - Throws: ``ClientError`` if the connection is cut off, ends though nobody asked to leave, or not all was said that
    ///   was to be; whatever `input` and `output` throw.
    public func run(
        input: @escaping @Sendable () async throws -> [UInt8]?,
        output: ([CleanText]) async throws -> Void
    ) async throws {
        let watch = SpeechWatch()
        try await connection.run { lines, speaker in
            // Not waited for when the server ends first: a read from a terminal cannot be interrupted.
            let sender = Task { try await send(input, to: speaker, watch) }
            defer { sender.cancel() }
            for try await batch in lines {
                watch.look(at: batch)
                try await output(batch)
            }
        }
        let seen = watch.seen
        if let error = seen.inputError { throw error }
        guard seen.hasQuit else { throw ClientError.ended(connection.endpoint) }
        guard !seen.wasTooLong else { throw ClientError.lineTooLong }
    }

    /// - Throws: when the connection takes no more, of which the reading side knows the reason.
    private func send(
        _ input: @Sendable () async throws -> [UInt8]?,
        to speaker: ChatSpeaker,
        _ watch: SpeechWatch
    ) async throws {
        try await speaker.send(Array(opening.utf8))
        while let bytes = await Self.next(input, watch) {
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
        var wasTooLong = false
        var inputError: (any Error)?
        var decoder = TextDecoder()
    }

    private let state = NIOLockedValueBox(Seen())

    var seen: Seen { state.withLockedValue { $0 } }

    func look(at bytes: [UInt8]) {
        state.withLockedValue { seen in
            var decoder = seen.decoder
            _ = decoder.feed(bytes.span.bytes) { input, _ in
                if case .request(.command(.quit, _)) = input { seen.hasQuit = true }
                return true
            }
            seen.decoder = decoder
        }
    }

    /// How long a line may be the server knows alone, and says so when one was longer.
    func look(at answers: [CleanText]) {
        guard answers.contains(where: { TextCodec.saysTooLong($0.string) }) else { return }
        state.withLockedValue { $0.wasTooLong = true }
    }

    func inputFailed(_ error: any Error) {
        state.withLockedValue { $0.inputError = error }
    }
}

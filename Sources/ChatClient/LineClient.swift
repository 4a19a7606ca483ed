public import ChatCore
internal import ChatWire
internal import Synchronization

/// A client of lines, for a pipe or a plain terminal: input to the room, the room to output.
///
/// The end of input asks to leave; then it reads on until the server has answered everything that was said.
public struct LineClient: Sendable {
    private let connection: ChatConnection

    public init(_ connection: ChatConnection) {
        self.connection = connection
    }

    /// Runs until the server closes the connection.
    /// - Parameters:
    ///   - input: the next bytes to send, or nil at the end.
    ///   - output: takes lines to show, in order.
    /// - Throws: ``ClientError`` if the connection is cut off, or ends though nobody asked to leave; whatever `output`
    ///   throws.
    public func run(
        input: @escaping @Sendable () async -> [UInt8]?,
        output: ([CleanText]) async throws -> Void
    ) async throws {
        let watch = QuitWatch()
        try await connection.run { lines, speaker in
            // Not waited for when the server ends first: a read from a terminal cannot be interrupted.
            let sender = Task { try await Self.send(input, to: speaker, watch) }
            defer { sender.cancel() }
            for try await batch in lines { try await output(batch) }
        }
        guard watch.hasSeenQuit else { throw ClientError.ended(connection.endpoint) }
    }

    /// - Throws: when the connection takes no more, of which the reading side knows the reason.
    private static func send(
        _ input: @Sendable () async -> [UInt8]?,
        to speaker: ChatSpeaker,
        _ watch: QuitWatch
    ) async throws {
        var decoder = TextDecoder()
        while let bytes = await input() {
            watch.look(at: bytes, &decoder)
            try await speaker.send(bytes)
        }
        // The last line may have come without its end; an empty line more does no harm.
        let quit = Array("\n/quit\n".utf8)
        watch.look(at: quit, &decoder)
        try await speaker.send(quit)
    }
}

/// Notices that the user has asked to leave, by the same reading of lines as the server's.
private final class QuitWatch: Sendable {
    private let seen = Atomic(false)

    var hasSeenQuit: Bool { seen.load(ordering: .acquiring) }

    func look(at bytes: [UInt8], _ decoder: inout TextDecoder) {
        _ = decoder.feed(bytes.span.bytes) { input, _ in
            if input == .request(.quit) { seen.store(true, ordering: .releasing) }
            return true
        }
    }
}

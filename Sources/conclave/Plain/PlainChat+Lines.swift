import ChatClient
import ChatCore
import ChatTerminal
import ChatWire

/// What comes in, line by line.
extension PlainChat {
    func speak(_ input: @Sendable () async throws -> [UInt8]?) async throws {
        guard try await enter() else { return }
        var framer = LineFramer(limit: TextCodec.lineLimit)
        while let bytes = try await input() {
            var lines: [Line] = []
            _ = framer.feed(bytes.span.bytes) { kind, line in
                lines.append(Line(kind, line))
                return true
            }
            for line in lines { guard await take(line) else { return await pending.drain() } }
        }
        var last: [Line] = []
        framer.finish { last.append(Line($0, $1)) }
        for line in last { _ = await take(line) }
        await pending.drain()
    }

    /// A line, as it is to be read.
    private struct Line {
        /// nil: it is too long.
        var request: TextRequest?
        var command: TerminalCommand?

        init(_ kind: LineFramer.Kind, _ line: RawSpan) {
            guard kind != .tooLong else { return }
            request = TextRequest(line)
            command = TerminalCommand(CleanText(line).string)
        }
    }

    /// - Returns: false if the client has ended.
    private func enter() async throws -> Bool {
        do throws(RequestError) {
            try await client.enter(wishes.room, as: wishes.name, from: .last(Self.replayed))
        } catch {
            guard case .refused(let refusal) = error else { return false }
            await refuse(error)
            let isName = [.nameTaken, .alreadyNamed, .nameReserved, .nameCertified].contains(refusal.code)
            throw isName ? wishes.name.map(ClientError.noName) ?? .noEntry(wishes.room) : .noEntry(wishes.room)
        }
        target = wishes.room
        return true
    }

    /// - Returns: false if the user leaves.
    private func take(_ line: Line) async -> Bool {
        if let command = line.command {
            await pending.drain()
            await perform(command)
            return true
        }
        switch line.request {
        case .nothing: break
        case .say(let text): await say(text, isAction: false)
        case .command(.act(.act(let text)), _): await say(text, isAction: true)
        case .command(.quit, _): return false
        case .command(let request, _):
            await pending.drain()
            await perform(request, Moment(whisperer: plain.lastWhisperer))
        case .problem(let problem): await refuse(problem)
        case nil:
            await refuse(texts.tooLong(limit: TextCodec.lineLimit))
            wasRefused = true
        }
        return true
    }

    private func say(_ text: CleanText, isAction: Bool) async {
        guard let room = target else {
            wasRefused = true
            return await take(.answer(.refused(.nowhere)))
        }
        unsent += 1
        await pending.add(client.begin(.say(room, text, isAction: isAction, id: nil))) { result in
            await self.said(result.map { _ in })
        }
    }

    private func said(_ result: Result<Void, RequestError>) async {
        unsent -= 1
        guard case .failure(let error) = result else { return }
        wasRefused = true
        // What has ended the client is told at the end.
        if case .ended = error { return }
        await refuse(error)
    }
}

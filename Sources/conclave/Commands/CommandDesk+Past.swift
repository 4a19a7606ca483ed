import ChatClient
import ChatCore
import ChatTerminal
import ChatWire

/// The past, page by page.
extension CommandDesk {
    /// - Parameters:
    ///   - action: what has found them.
    ///   - older: there are more before this number; nil: there are none.
    func show(_ events: [RoomEvent], of room: RoomName, after action: Action, _ older: UInt64?) async {
        let isMore: Bool
        var words: [String] = []
        switch action {
        case .past(let past):
            words = past.words
            isMore = past.before != nil
        default: isMore = false
        }
        if words.isEmpty {
            pages.look(in: room, older: older)
        } else {
            pages.look(in: room, for: words, older: older)
        }
        await show(past: events.map { ($0.body, $0.at) })
        if older != nil {
            await take(.note("\(words.isEmpty ? texts.moreHistory : texts.moreFound)"))
        } else if events.isEmpty {
            await take(.note("\(isMore ? texts.nothingOlder : words.isEmpty ? texts.nothingKept : texts.nothingFound)"))
        }
    }

    func showMoreHistory() async { await show(pages.history(of: target)) }

    func showMoreFound() async {
        if let next = pages.search(in: target) { return await show(next) }
        // Who has not looked for anything looks for this word.
        if let past = Past(search: CleanText("more"), limit: PastPages.found) { await show(.page(past)) }
    }

    private func show(_ next: PastPages.Next) async {
        guard target != nil else { return await take(.answer(.refused(.nowhere))) }
        switch next {
        case .nothing: await take(.note("\(texts.nothingOlder)"))
        case .page(let past):
            do throws(RequestError) { try await pass(on: .past(past)) } catch { await refuse(error) }
        }
    }
}

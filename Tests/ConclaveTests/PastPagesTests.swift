import ChatCore
import ChatTerminal
import Testing

@testable import conclave

/// How one looks back page by page.
@Suite struct PastPagesTests {
    private func entry(after: UInt64, isReset: Bool = false) -> RoomEntry {
        RoomEntry(
            room: .lobby,
            author: Author(MemberID(1), name: nil),
            head: 100,
            after: after,
            isReset: isReset,
            members: Listing([], more: 0)
        )
    }

    private func past(_ before: UInt64, _ words: [String] = []) -> PastPages.Next {
        var past = Past(before: before, limit: words.isEmpty ? Past.usual : PastPages.found)
        past.words = words
        return .page(past)
    }

    @Test func `one goes back from what was shown`() {
        var pages = PastPages()
        #expect(pages.history(of: nil) == .nothing)
        #expect(pages.history(of: .lobby) == .nothing)
        pages.enter(entry(after: 80))
        #expect(pages.history(of: .lobby) == past(81))
        pages.look(in: .lobby, older: 31)
        #expect(pages.history(of: .lobby) == past(31))
        // The connection was lost.
        pages.enter(entry(after: 95))
        #expect(pages.history(of: .lobby) == past(31))
        pages.look(in: .lobby, older: nil)
        #expect(pages.history(of: .lobby) == .nothing)
        pages.enter(entry(after: 40, isReset: true))
        #expect(pages.history(of: .lobby) == past(41))
        pages.leave(.lobby)
        pages.enter(entry(after: 0))
        #expect(pages.history(of: .lobby) == .nothing)
        pages.leave(.lobby)
        pages.enter(entry(after: .max))
        #expect(pages.history(of: .lobby) == .nothing)
    }

    @Test func `what was looked for goes on, each room for itself`() throws {
        var pages = PastPages()
        pages.enter(entry(after: 80))
        #expect(pages.search(in: .lobby) == nil)
        pages.look(in: .lobby, for: ["tea"], older: 12)
        #expect(pages.search(in: .lobby) == past(12, ["tea"]))
        #expect(pages.history(of: .lobby) == past(81))
        #expect(pages.search(in: try RoomName("tea")) == nil)
        pages.look(in: .lobby, for: ["tea"], older: nil)
        #expect(pages.search(in: .lobby) == .nothing)
    }
}

import ChatCore
import ChatWire
import Testing

@Suite struct TextRequestTests {
    private func read(_ line: String) -> TextRequest {
        read(Array(line.utf8))
    }

    private func read(_ line: [UInt8]) -> TextRequest {
        TextRequest(line.span.bytes)
    }

    @Test(arguments: [
        "hello", " hello ", "7:hello", "* hello", " /quit", "quit", "\\quit", "a/b", " ", "user:`7` has left",
    ])
    func `a line is speech, whatever it looks like`(line: String) {
        #expect(read(line) == .say(CleanText(line)))
    }

    @Test(arguments: ["", "\u{200B}", "\u{FEFF}\u{2060}\u{200B}"])
    func `a line with nothing to see in it is nothing`(line: String) {
        #expect(read(line) == .nothing)
    }

    @Test func `speech is cleaned`() {
        #expect(read("a\tb\u{1B}[2J\u{200B}c") == .say(CleanText("a b\u{FFFD}[2Jc")))
        #expect(read([0x61, 0xFF, 0x62]) == .say(CleanText("a\u{FFFD}b")))
    }

    @Test(arguments: ["/quit", "/quit ", "/quit now please", "/quit\t", "/quit\tnow", "\u{FEFF}/quit", "/qu\u{200B}it"])
    func `quit leaves, whatever comes after it`(line: String) {
        #expect(read(line) == .quit)
    }

    @Test(arguments: ["/help", "/help ", "/help quit"])
    func `help helps`(line: String) {
        #expect(read(line) == .help)
    }

    @Test(arguments: [
        ("//", "/"), ("//quit", "/quit"), ("///", "//"), ("// hello", "/ hello"), ("/\u{200B}/quit", "/quit"),
    ])
    func `two slashes say one`(line: String, said: String) {
        #expect(read(line) == .say(CleanText(said)))
    }

    @Test(arguments: [
        ("/", ""), ("/ ", ""), ("/ quit", ""), ("/nick alice", "nick"), ("/QUIT", "QUIT"), ("/quitt", "quitt"),
        ("/qui", "qui"), ("/quit:", "quit:"), ("/a/b c", "a/b"), ("/\u{1B}[2J", "\u{FFFD}[2J"),
    ])
    func `another word after a slash is an unknown command by that name`(line: String, name: String) {
        #expect(read(line) == .unknown(CleanText(name)))
    }

    @Test func `a slash is a slash also when a combining mark follows it`() {
        #expect(read("/\u{301}quit") == .unknown(CleanText("\u{301}quit")))
        #expect(read("/\u{301}/quit") == .unknown(CleanText("\u{301}/quit")))
        #expect(read("//\u{301}quit") == .say(CleanText("/\u{301}quit")))
        #expect(read("/quit \u{301}") == .quit)
    }

    @Test(
        arguments: [
            String(repeating: "x", count: 4095), String(repeating: "\u{1B}", count: 4095),
            "e" + String(repeating: "\u{301}", count: 2000), String(repeating: "\u{1F468}\u{200D}", count: 500),
        ])
    func `the name of an unknown command is cut to what an answer can hold`(name: String) {
        guard case .unknown(let kept) = read("/\(name)") else {
            Issue.record("not unknown")
            return
        }
        #expect(!kept.isEmpty)
        #expect(kept.string.utf8.count <= 4 * 32)
        #expect(kept.string.unicodeScalars.count == 32)
    }

    @Test func `a name of 32 letters is not cut yet`() {
        let name = String(repeating: "n", count: 32)
        #expect(read("/\(name)") == .unknown(CleanText(name)))
        #expect(read("/\(name)n") == .unknown(CleanText(name)))
    }
}

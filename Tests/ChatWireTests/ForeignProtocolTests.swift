import ChatWire
import TestKit
import Testing

@Suite struct ForeignProtocolTests {
    private func speaks(_ line: String, isCut: Bool = false) -> Bool {
        speaks(Array(line.utf8), isCut: isCut)
    }

    private func speaks(_ line: [UInt8], isCut: Bool = false) -> Bool {
        ForeignProtocol.speaks(line.span.bytes, isCut: isCut)
    }

    @Test(arguments: ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH"])
    func `each method of HTTP is recognised`(method: String) {
        #expect(speaks("\(method) / HTTP/1.1"))
        #expect(speaks("\(method) localhost:443 HTTP/1.0"))
        #expect(!speaks("\(method)"))
        #expect(!speaks("\(method) lost"))
        #expect(!speaks("\(method.lowercased()) / HTTP/1.1"))
        #expect(!speaks("X\(method) / HTTP/1.1"))
    }

    @Test(arguments: [
        "GET / HTTP/", "GET /a?b=c&d HTTP/3", "OPTIONS * HTTP/1.1", "GET /grüße HTTP/1.1", "GET / HTTP/ and more",
        "PRI * HTTP/2.0", "EHLO mail.example.org", "HELO x", "EHLO [127.0.0.1]", "SSH-2.0-OpenSSH_9.2p1", "SSH-",
        // A combining mark is a character of its own to a mail server and a browser.
        "GET \u{301} HTTP/1.1", "GET / HTTP/\u{301}", "SSH-\u{301}", "EHLO \u{301}", "GET \u{200D}/ HTTP/1.1",
    ])
    func `the greeting of another protocol is recognised`(line: String) {
        #expect(speaks(line))
    }

    @Test(arguments: [
        "", " ", "hello", "GET", "GET ", "GET lost", "GET lost HTTP", "GET  / HTTP/1.1", "GET / http/1.1",
        "GET /a b HTTP/1.1", "GET /a\tb HTTP/1.1", "GET\t/ HTTP/1.1", " GET / HTTP/1.1", "GETS / HTTP/1.1",
        "BREW / HTTP/1.1", "GET /HTTP/1.1", "GET HTTP/1.1", "PRI * HTTP/1.1", "PRI", "PRI *",
        "EHLO", "EHLO ", "EHLO a b", "EHLO a ", "EHLO  a", "ehlo a", "HELO", "HELO a\tb", "HELLO you", "EHLO\ta",
        "SSH", "ssh-2.0", "I use SSH-2.0", "the PRI * HTTP/2.0", "POST it", "PUT it down HTTP/1.1",
    ])
    func `speech is not taken for a greeting`(line: String) {
        #expect(!speaks(line))
        #expect(!speaks("say " + line, isCut: true))
    }

    @Test func `of a URL that was cut off the beginning is enough`() {
        let path = String(repeating: "a", count: 4092)
        #expect(speaks("GET \(path)", isCut: true))
        #expect(!speaks("GET \(path)", isCut: false))
        #expect(!speaks("GIT \(path)", isCut: true))
        #expect(speaks("GET \(path) HTTP/1.1", isCut: true))
        #expect(!speaks("GET \(path) and \(path)", isCut: true))
    }

    @Test(arguments: [" ", " H", " HT", " HTT", " HTTP"])
    func `a URL that was cut off in the word after it is still one`(end: String) {
        #expect(speaks("GET /a\(end)", isCut: true))
        #expect(!speaks("GET /a\(end)", isCut: false))
        #expect(!speaks("GET /a\(end)x", isCut: true))
    }

    @Test func `bytes that are not UTF-8 count as any others`() {
        #expect(speaks(Array("GET /".utf8) + [0xFF] + Array(" HTTP/1.1".utf8)))
        #expect(!speaks([0xFF] + Array("GET / HTTP/1.1".utf8)))
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `lines put together at random are judged as by the regular expressions`(seed: UInt64) throws {
        let greetings = [
            #"^(GET|HEAD|POST|PUT|DELETE|OPTIONS|CONNECT|TRACE|PATCH) \S+ HTTP/"#, #"^PRI \* HTTP/2\.0"#,
            #"^(EHLO|HELO) \S+$"#, #"^SSH-"#,
        ]
        let expressions = try greetings.map { try Regex($0).matchingSemantics(.unicodeScalar) }
        let parts = [
            "GET", "PUT", "EHLO", "PRI", "*", "HTTP/2.0", "HTTP/", "HTTP", "SSH-", " ", " ", " ", "\t", "/", "\u{301}",
        ]
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let count = Int.random(in: 0...7, using: &random)
            let line = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            let expected = expressions.contains { line.firstMatch(of: $0) != nil }
            #expect(speaks(line) == expected, "\(line.debugDescription)")
        }
    }
}

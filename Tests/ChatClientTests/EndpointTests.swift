import ChatClient
import Testing

@Suite struct EndpointTests {
    @Test(arguments: [
        ("localhost", "localhost", 2022), ("chat.example:443", "chat.example", 443), ("127.0.0.1", "127.0.0.1", 2022),
        ("127.0.0.1:1", "127.0.0.1", 1), ("host:65535", "host", 65_535), ("::1", "::1", 2022),
        ("2001:db8::7", "2001:db8::7", 2022), ("[::1]", "::1", 2022), ("[::1]:23", "::1", 23),
        ("[2001:db8::7]:443", "2001:db8::7", 443), ("::ffff:192.0.2.1", "::ffff:192.0.2.1", 2022),
    ])
    func hostsWithAndWithoutPorts(text: String, host: String, port: Int) {
        #expect(Endpoint(text) == Endpoint(host: host, port: port))
    }

    @Test(arguments: [
        "", ":", ":2022", "host:", "host:0", "host:65536", "host:-1", "host:+1", "host: 1", "host:1 ", "host:１",
        "host:port", "a:b:c", "1:2:3", "::1:2022:", "[]", "[]:2022", "[::1", "[::1]2022", "[::1]:", "[::1]:0",
        "[localhost]:2022", "[host:1]:2022", "::1]", "host:1:2",
    ])
    func whatIsNeitherIsRefused(text: String) {
        #expect(Endpoint(text) == nil)
    }

    @Test func itIsShownAsItIsWritten() {
        #expect("\(Endpoint(host: "localhost"))" == "localhost:2022")
        #expect("\(Endpoint(host: "::1", port: 7))" == "[::1]:7")
    }
}

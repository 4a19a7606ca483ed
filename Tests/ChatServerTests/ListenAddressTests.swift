import Testing

@testable import ChatServer

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:2022", "127.0.0.1", 2022), ("localhost:0", "localhost", 0), ("[::1]:65535", "::1", 65535),
        ("0.0.0.0:1", "0.0.0.0", 1), ("[::]:2022", "::", 2022),
    ])
    func isHostAndPort(text: String, host: String, port: Int) throws {
        let address = try #require(ListenAddress(text))
        #expect(address == ListenAddress(host: host, port: port))
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", ":", ":2022", "localhost", "localhost:", "localhost:65536", "localhost:-1", "localhost: 1", "::1:2022",
        "[]:1",
        "[localhost]:1", "[::1]", "a b:1", "[::1]2022",
    ])
    func andNothingElse(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test func theDefaultIsThisMachineAlone() {
        let loopback = ListenAddress.loopback
        #expect(loopback.first == ListenAddress(host: "127.0.0.1", port: 2022))
        #expect(loopback.dropFirst().allSatisfy { $0 == ListenAddress(host: "::1", port: 2022) })
        #expect(loopback.count <= 2)
    }
}

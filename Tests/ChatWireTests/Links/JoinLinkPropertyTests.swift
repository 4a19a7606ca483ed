import ChatCore
import ChatWire
import TestKit
import Testing

@Suite struct JoinLinkPropertyTests {
    @Test(arguments: SeededGenerator.seeds(200))
    func `what is written is read again`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let hosts = ["chat.example.org", "10.0.0.255", "::1", "2001:db8::ff", "a", "x-y_z.0a"]
        let rooms = ["lobby", "Küche", "日本語", "a.b-c_d", "7", ".", "e\u{301}", "한국어"]
        let link = try JoinLink(
            host: try #require(hosts.randomElement(using: &random)),
            port: Int.random(in: 1...65_535, using: &random),
            room: random.once(in: 4) ? nil : try RoomName(try #require(rooms.randomElement(using: &random))),
            pins: try (0..<Int.random(in: 0...3, using: &random)).map { _ in
                try #require(KeyFingerprint(random.bytes(32)))
            }
        )
        let text = link.description
        #expect(text.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        let again = try JoinLink(text)
        #expect(again == link)
        #expect(again.description == text)
    }

    @Test(arguments: SeededGenerator.seeds(300))
    func `whatever comes is a link in one form or a problem`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pin = "sha256:" + String(repeating: "0a", count: 32)
        var bytes = Array("conclave://[2001:db8::7]:2022/K%C3%BCche?pin=\(pin)&x=%20".utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.remove(at: place)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.insert(Array("%#?/@:[]&= .".utf8).randomElement(using: &random) ?? 0, at: place)
            default: bytes.removeSubrange(place...)
            }
        }
        guard let link = try? JoinLink(String(decoding: bytes, as: UTF8.self)) else { return }
        #expect(try JoinLink(link.description) == link)
    }

    @Test(arguments: SeededGenerator.seeds(300))
    func `a pin that was damaged does not become none`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let front = Array("conclave://h/tea?pin=".utf8)
        var bytes = front + Array("sha256:\(String(repeating: "0a", count: 32))".utf8)
        let place = Int.random(in: front.count..<bytes.count, using: &random)
        if random.once(in: 2) {
            bytes[place] = UInt8.random(in: 0...255, using: &random)
        } else {
            bytes.insert(UInt8.random(in: 0...127, using: &random), at: place)
        }
        guard let link = try? JoinLink(String(decoding: bytes, as: UTF8.self)) else { return }
        #expect(link.pins.count == 1)
    }
}

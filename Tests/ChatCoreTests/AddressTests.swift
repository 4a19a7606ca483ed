import ChatCore
import TestKit
import Testing

@Suite struct AddressTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
        ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:201", "192.0.2.1"), ("0:0:0:0:0:ffff:1.2.3.4", "1.2.3.4"),
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("0:0:0:0:0:0:0:0", "::"), ("0::0", "::"),
        // One zero group stays; the longest run goes, the first of equals.
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("::1:0:0:0:1", "::1:0:0:0:1"), ("1:0:0:0:1::", "1::1:0:0:0"),
        ("2001:DB8::000A", "2001:db8::a"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("::1.2.3.4", "::102:304"),
        ("fe80::1:2.3.4.5", "fe80::1:203:405"),
    ])
    func isReadAndHasOneForm(text: String, form: String) throws {
        let address = try #require(Address(text))
        #expect(address.description == form)
        #expect(Address(form) == address)
    }

    @Test(arguments: [
        "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "256.1.1.1", "01.2.3.4", "1.2.3.00",
        "1.2.3.4 ",
        " 1.2.3.4", "+1.2.3.4", "-1.2.3.4", "0x1.2.3.4", "1.2.3.4\n", "1.2.3.4\0", "1.2.3.1000", "１.2.3.4", "localhost",
        ":", ":::", "1:", ":1", "::1:", ":1::", "1::2::3", "::1::", "12345::", "g::", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::", "1::2:3:4:5:6:7:8", "::1%eth0", "[::1]", "1.2.3.4::", "1.2.3.4:1::", "::1.2.3",
        "::01.2.3.4",
        "::1.2.3.4:1", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6:1.2.3.4:8", ":1.2.3.4", "::-1", "::+1",
        "1:2:3:4:5:6::1.2.3.4",
        "10.0.0.0/8",
    ])
    func andNothingElseIs(text: String) {
        #expect(Address(text) == nil)
    }

    @Test func isMadeOfNumbers() {
        #expect(Address(ipv4: 0x0102_03FF).description == "1.2.3.255")
        #expect(Address(ipv6: (0x2001_0db8_0000_0000, 1)).description == "2001:db8::1")
        #expect(Address(ipv6: (0, 0xFFFF_0102_0304)) == Address(ipv4: 0x0102_0304))
    }

    @Test(arguments: [
        ("127.0.0.1", true, true), ("127.255.255.255", true, true), ("::ffff:127.0.0.1", true, true),
        ("::1", false, true), ("126.255.255.255", true, false), ("128.0.0.0", true, false), ("::", false, false),
        ("::7f00:1", false, false), ("1::1", false, false),
    ])
    func saysWhatItIs(text: String, isIPv4: Bool, isLoopback: Bool) throws {
        let address = try #require(Address(text))
        #expect(address.isIPv4 == isIPv4)
        #expect(address.isLoopback == isLoopback)
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `what is written is read as the same`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            // Few bits, so that there are zero groups, and now and then an IPv4 address.
            let mask = random.next() & random.next()
            let address =
                random.once(in: 4)
                ? Address(ipv4: UInt32(truncatingIfNeeded: random.next() & mask))
                : Address(ipv6: (random.next() & mask & random.next(), random.next() & mask & random.next()))
            #expect(Address(address.description) == address)
            #expect(Address(address.description.uppercased()) == address)
            let mapped = "::ffff:\(address)"
            #expect(Address(mapped) == (address.isIPv4 ? address : nil), "\(mapped)")
        }
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `whatever bytes come, what is read has a form that is read again`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let likely = Array("0123456789abcdefABCDEF::::....//%[]- g".utf8)
        var found = 0
        for _ in 0..<4000 {
            let length = Int.random(in: 0...18, using: &random)
            let bytes =
                random.once(in: 10)
                ? random.bytes(length)
                : (0..<length).map { _ in likely[Int.random(in: likely.indices, using: &random)] }
            let text = String(decoding: bytes, as: UTF8.self)
            if let address = Address(text) {
                found += 1
                #expect(Address(address.description) == address, "\(text)")
            }
            if let range = AddressRange(text) {
                #expect(AddressRange(range.description) == range, "\(text)")
            }
        }
        #expect(found > 0)
    }
}

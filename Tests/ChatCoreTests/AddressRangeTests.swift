import ChatCore
import TestKit
import Testing

@Suite struct AddressRangeTests {
    @Test(arguments: [
        ("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3/8", "10.0.0.0/8"), ("10.1.2.3", "10.1.2.3/32"),
        ("10.1.2.3/32", "10.1.2.3/32"), ("10.1.2.3/31", "10.1.2.2/31"), ("255.255.255.255/0", "0.0.0.0/0"),
        ("::ffff:10.1.2.3/104", "10.0.0.0/8"), ("::ffff:10.1.2.3", "10.1.2.3/32"), ("2001:db8::/32", "2001:db8::/32"),
        ("2001:DB8:ffff::1/33", "2001:db8:8000::/33"), ("::1", "::1/128"), ("::1/127", "::/127"), ("ffff::/0", "::/0"),
        ("::ffff:1.2.3.4/95", "::fffe:0:0/95"),
    ])
    func isReadAndHasOneForm(text: String, form: String) throws {
        let range = try #require(AddressRange(text))
        #expect(range.description == form)
        #expect(AddressRange(form) == range)
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/-1", "10.0.0.0/8/8",
        "10.0.0.0 /8", "10.0.0.0/ 8", "10/8", "::/129", "::/1000", "::/00", "::/8.0", "10.0.0.0/255.0.0.0", "a/8",
    ])
    func andNothingElseIs(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.0/8", "9.255.255.255", false),
        ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.2", false), ("0.0.0.0/0", "255.1.2.3", true),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false), ("::1", "::1", true),
        // Each family for itself.
        ("0.0.0.0/0", "::1", false), ("::/0", "1.2.3.4", false), ("::/0", "ffff::", true), ("::/64", "1.2.3.4", false),
        ("::ffff:0:0/95", "1.2.3.4", false), ("::ffff:0:0/96", "1.2.3.4", true),
    ])
    func holds(range: String, address: String, isIn: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(Address(address))) == isIn)
    }

    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7/32"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("::1", "::/64"),
    ])
    func onePersonIsAnAddressOrANetwork(address: String, range: String) throws {
        let address = try #require(Address(address))
        #expect(AddressRange.neighbourhood(of: address).description == range)
    }

    @Test(arguments: SeededGenerator.seeds(30))
    func `an address is in a range if its first bits are the range's`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let bits = (random.next(), random.next())
            let length = Int.random(in: 0...128, using: &random)
            let range = try #require(AddressRange("\(Address(ipv6: bits))/\(length)"))
            #expect(AddressRange(range.description) == range)
            #expect(range.contains(Address(ipv6: bits)))
            let flipped = Int.random(in: 0..<128, using: &random)
            let other =
                flipped < 64 ? (bits.0 ^ 1 << (63 - flipped), bits.1) : (bits.0, bits.1 ^ 1 << (127 - flipped))
            #expect(range.contains(Address(ipv6: other)) == (flipped >= length), "bit \(flipped) of \(range)")
        }
    }
}

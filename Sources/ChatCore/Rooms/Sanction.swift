/// A ban or a mute: whom it is on, until when, and why.
///
/// One on a member holds for its connection, for its name, and for where it came from (IPv6: the /64 around it), so that
/// to come again or to take another name does not lift it. This machine's own addresses are everybody's and never count.
public struct Sanction: Sendable, Equatable {
    /// What it is listed as and taken back by.
    public let label: String
    public let member: MemberID?
    public let name: Nickname?
    public let addresses: AddressRange?
    public let by: String
    /// nil: for good.
    public let until: Timestamp?
    public let reason: CleanText?

    public init(
        label: String,
        member: MemberID?,
        name: Nickname?,
        addresses: AddressRange?,
        by: String,
        until: Timestamp?,
        reason: CleanText?
    ) {
        (self.label, self.member, self.name, self.addresses) = (label, member, name, addresses)
        (self.by, self.until, self.reason) = (by, until, reason)
    }

    /// On one who is here.
    init(on person: Person, by: String, until: Timestamp?, reason: CleanText?) {
        label = person.author.label
        member = person.member
        name = person.author.name
        addresses = person.address.flatMap { $0.isLoopback ? nil : AddressRange.neighbourhood(of: $0) }
        (self.by, self.until, self.reason) = (by, until, reason)
    }

    /// On a name that nobody has now.
    init(on name: Nickname, by: String, until: Timestamp?, reason: CleanText?) {
        (label, member, self.name, addresses) = (name.text, nil, name, nil)
        (self.by, self.until, self.reason) = (by, until, reason)
    }

    /// On addresses.
    init(on addresses: AddressRange, by: String, until: Timestamp?, reason: CleanText?) {
        (label, member, name, self.addresses) = (addresses.description, nil, nil, addresses)
        (self.by, self.until, self.reason) = (by, until, reason)
    }

    public func isInForce(at now: Timestamp) -> Bool {
        until.map { now < $0 } ?? true
    }

    func applies(to person: Person) -> Bool {
        if let member, member == person.member { return true }
        if let name, name == person.author.name { return true }
        guard let addresses, let address = person.address, !address.isLoopback else { return false }
        return addresses.contains(address)
    }

    /// Whether it says anything of an address, which is for operators' eyes only.
    var namesAddress: Bool { member == nil && name == nil }

    /// What a moderator calls one by, read once for all that it may mean.
    struct Call {
        private let text: String
        private let range: String?
        private let name: Nickname?

        init(_ text: String) {
            self.text = text
            range = AddressRange(text)?.description
            name = if case .name(let name) = Whom(text) { name } else { nil }
        }

        func means(_ sanction: Sanction) -> Bool {
            if sanction.label == text { return true }
            if let range { return sanction.label == range }
            return name != nil && sanction.name == name
        }
    }

    /// Whom it was laid on, as far as it says.
    var author: Author { Author(member ?? MemberID(0), name: name) }

    /// Seconds that are left, the last of them counted as a whole one.
    func left(at now: Timestamp) -> Int? {
        until.map { Int(max(0, $0.milliseconds - now.milliseconds) + 999) / 1000 }
    }
}

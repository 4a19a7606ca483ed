/// A ban or a mute: whom it is on, until when, and why.
///
/// One on a member holds for its number, for its name, for its key and all others of the same account, and for where it
/// came from (IPv6: the /64 around it), so that to come again or to take another name does not lift it. This machine's own addresses are everybody's and never count.
public struct Sanction: Sendable, Equatable {
    /// What it is listed as and taken back by.
    public let label: String
    public let member: MemberID?
    public let name: Nickname?
    public let addresses: AddressRange?
    public let key: KeyFingerprint?
    public let by: String
    /// nil: for good.
    public let until: Timestamp?
    public let reason: CleanText?

    public init(
        label: String,
        member: MemberID?,
        name: Nickname?,
        addresses: AddressRange?,
        key: KeyFingerprint? = nil,
        by: String,
        until: Timestamp?,
        reason: CleanText?
    ) {
        (self.label, self.member, self.name, self.addresses) = (label, member, name, addresses)
        (self.key, self.by, self.until, self.reason) = (key, by, until, reason)
    }

    /// On one who is here; of its connections the last that came says where from, and with which key.
    init(on person: Person, by: String, until: Timestamp?, reason: CleanText?) {
        label = person.author.label
        member = person.member
        name = person.author.name
        let device = person.devices.last
        addresses = device?.address.flatMap { $0.isLoopback ? nil : AddressRange.neighbourhood(of: $0) }
        key = device?.key
        (self.by, self.until, self.reason) = (by, until, reason)
    }

    /// On a name that nobody has now, and whose key it is kept for.
    init(on name: Nickname, of key: KeyFingerprint?, by: String, until: Timestamp?, reason: CleanText?) {
        (label, member, self.name, addresses, self.key) = (name.text, nil, name, nil, key)
        (self.by, self.until, self.reason) = (by, until, reason)
    }

    /// On addresses.
    init(on addresses: AddressRange, by: String, until: Timestamp?, reason: CleanText?) {
        (label, member, name, self.addresses, key) = (addresses.description, nil, nil, addresses, nil)
        (self.by, self.until, self.reason) = (by, until, reason)
    }

    /// On a key.
    init(on key: KeyFingerprint, by: String, until: Timestamp?, reason: CleanText?) {
        (label, member, name, addresses, self.key) = (key.description, nil, nil, nil, key)
        (self.by, self.until, self.reason) = (by, until, reason)
    }

    public func isInForce(at now: Timestamp) -> Bool {
        until.map { now < $0 } ?? true
    }

    /// - Parameters:
    ///   - person: who would be on the connection.
    ///   - account: whose key the connection has shown.
    func applies(to device: Device, as person: Person, _ account: @autoclosure () -> Account?) -> Bool {
        if let member, member == person.member { return true }
        if let name, name == person.author.name { return true }
        if isOnKey(of: device, account()) { return true }
        guard let addresses, let address = device.address, !address.isLoopback else { return false }
        return addresses.contains(address)
    }

    func isOnKey(of device: Device, _ account: @autoclosure () -> Account?) -> Bool {
        guard let key, let shown = device.key else { return false }
        return key == shown || account()?.keys.contains(key) ?? false
    }

    /// Whether it says anything of an address, which is for operators' eyes only.
    var namesAddress: Bool { member == nil && name == nil && key == nil }

    /// What a moderator calls one by, read once for all that it may mean.
    struct Call {
        private let text: String
        private let range: String?
        private let name: Nickname?
        private let key: KeyFingerprint?

        init(_ text: String) {
            self.text = text
            key = KeyFingerprint(text)
            range = AddressRange(text)?.description
            name = if case .name(let name) = Whom(text) { name } else { nil }
        }

        func means(_ sanction: Sanction) -> Bool {
            if sanction.label == text { return true }
            if let range { return sanction.label == range }
            if let key { return sanction.key == key }
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

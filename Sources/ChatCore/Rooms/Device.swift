/// A connection to the server, and whose it is. Confined to its ``ChatState``.
final class Device {
    private(set) var session: SessionID
    /// Who is on it. When it takes a name that another connection of its account has, that changes.
    var person: Person
    /// nil if it is not known.
    private(set) var address: Address?
    /// nil: it is a guest's.
    private(set) var proof: Proof?
    private(set) var terms: TLSTerms?
    /// In the order of entering.
    var rooms: [Room] = []
    /// A right that its key or a password has given to this connection.
    var isOperator: Bool
    /// When it last asked for anything.
    var active: Timestamp
    /// Who has it is this connection's successor; nil: it can have none.
    var secret: SessionSecret?
    /// As whom what it says is remembered.
    var holder: Receipts.Holder
    var hasReceipts = false

    init(_ session: SessionID, of person: Person, _ visitor: Visitor, at now: Timestamp) {
        self.session = session
        self.person = person
        (address, terms) = (visitor.address, visitor.terms)
        proof = visitor.key.map { Proof(key: $0, certifiedName: visitor.certifiedName) }
        isOperator = visitor.isOperator
        active = now
        holder = Receipts.Holder(number: person.member.number)
        person.add(self)
    }

    var member: MemberID { person.member }
    var author: Author { person.author }
    var key: KeyFingerprint? { proof?.key }

    /// Goes on on another's connection.
    func move(to other: Device) {
        session = other.session
        (address, terms) = (other.address, other.terms)
        proof = other.proof
        isOperator = isOperator || other.isOperator
        active = other.active
    }
}

/// What a connection with a key has shown.
final class Proof {
    let key: KeyFingerprint
    /// What an authority calls it.
    let certifiedName: Nickname?
    /// When it was last noted that its account was here.
    var noted = Timestamp.distantPast
    /// How many codes it has tried in vain.
    var wrongCodes = 0

    init(key: KeyFingerprint, certifiedName: Nickname?) {
        (self.key, self.certifiedName) = (key, certifiedName)
    }
}

/// One who is on the server, under one number for as long as the connection lasts. Confined to its ``ChatState``.
final class Person {
    private(set) var session: SessionID
    let member: MemberID
    /// nil if it is not known.
    private(set) var address: Address?
    var author: Author
    /// In the order of entering.
    var rooms: [Room] = []
    var away: CleanText?
    var isOperator = false
    /// When it last asked for anything.
    var active: Timestamp
    /// Who has last whispered to it.
    var whisperer: Author?
    /// Who has it is this member, on whatever connection; nil: nobody but this connection.
    var secret: SessionSecret?
    /// As whom what it says is remembered.
    var holder: Receipts.Holder
    var hasReceipts = false
    /// In which rooms it has said something, and the number of the first message.
    var said: [RoomID: UInt64] = [:]
    /// Rooms that know its number, though it may not be in them: they forget it when it goes.
    var ties: Set<RoomName> = []

    init(_ session: SessionID, _ member: MemberID, from address: Address?, at now: Timestamp) {
        self.session = session
        self.member = member
        self.address = address
        author = Author(member)
        active = now
        holder = Receipts.Holder(number: member.number)
    }

    /// Goes on on another's connection.
    func move(to other: Person) {
        session = other.session
        address = other.address
        active = other.active
    }
}

/// One who is on the server, under one number for as long as the connection lasts. Confined to its ``ChatState``.
final class Person {
    let session: SessionID
    let member: MemberID
    /// nil if it is not known.
    let address: Address?
    var author: Author
    /// In the order of entering.
    var rooms: [Room] = []
    var away: CleanText?
    var isOperator = false
    /// When it last asked for anything.
    var active: Timestamp
    /// Who has last whispered to it.
    var whisperer: Author?
    /// Rooms that know its number, though it may not be in them: they forget it when it goes.
    var ties: Set<RoomName> = []

    init(_ session: SessionID, _ member: MemberID, from address: Address?, at now: Timestamp) {
        self.session = session
        self.member = member
        self.address = address
        author = Author(member)
        active = now
    }
}

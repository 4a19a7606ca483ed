import ChatCore

/// The parts that conclave/1 is made of, as a client reads them: what is not valid is nil, and texts are cleaned, as no
/// server is to be trusted with a terminal.
extension JSON {
    var room: RoomName? { string.flatMap { try? RoomName($0) } }

    /// A member whose name could not be one goes by its number.
    var author: Author? {
        guard let number = self["uid"]?.whole else { return nil }
        let isVerified = self["verified"]?.bool == true
        return Author(MemberID(number), name: self["nick"]?.nickname, isVerified: isVerified)
    }

    var nickname: Nickname? { string.flatMap { try? Nickname($0) } }

    var key: KeyFingerprint? { string.flatMap { KeyFingerprint($0) } }

    var clean: CleanText? { string.map { CleanText($0) } }

    var count: Int? { whole.map { Int($0) } }

    var moment: Timestamp? { string.flatMap { Timestamp(iso8601: $0) } }

    var epoch: Epoch? { string.flatMap { Epoch($0) } }

    /// A member that has to be there.
    func required<Value>(_ name: String, _ read: (JSON) -> Value?) throws(JSONProblem) -> Value {
        guard let value = self[name].flatMap(read) else {
            throw JSONProblem(at: 0, "`\(name)` is missing, or is not what it should be")
        }
        return value
    }

    /// A list, without what cannot be read of it.
    func list<Element>(_ name: String, _ read: (JSON) -> Element?) -> [Element]? {
        self[name]?.array.map { $0.compactMap(read) }
    }
}

/// The same parts, as they are written.
extension [UInt8] {
    mutating func field(_ name: StaticString, _ author: Author) {
        beginField(name)
        append(author)
    }

    mutating func append(_ author: Author) {
        append(literal: #"{"uid":"#)
        append(decimal: author.member.number)
        append(literal: #","nick":"#)
        if let name = author.name { append(quoted: name.text) } else { append(literal: "null") }
        endObject()
    }

    mutating func fields(of author: Author) {
        field("uid", author.member.number)
        field("nick", author.name?.text)
        if author.isVerified { field("verified", true) }
    }

    /// With what is known of it now, and not only at the time of an event.
    mutating func append(present author: Author) {
        beginObject()
        fields(of: author)
        endObject()
    }

    mutating func field(_ name: StaticString, _ room: RoomName) {
        field(name, room.text)
    }

    mutating func field(_ name: StaticString, _ text: CleanText) {
        field(name, text.string)
    }

    mutating func list<Item>(_ name: StaticString, _ elements: [Item], _ write: (Item, inout [UInt8]) -> Void) {
        beginField(name)
        beginArray()
        for element in elements {
            beginElement()
            write(element, &self)
        }
        endArray()
    }

    mutating func endLine() {
        endObject()
        append(UInt8(ascii: "\n"))
    }
}

/// One who is on the server, under one number and in one place of each list, on one connection or, with several keys of
/// one account, on more. Confined to its ``ChatState``.
final class Person {
    let member: MemberID
    var author: Author
    var away: CleanText?
    /// Who has last whispered to it.
    var whisperer: Author?
    /// In which rooms it has said something, and the number of the first message.
    var said: [RoomID: UInt64] = [:]
    /// Rooms that know its number, though it may not be in them: they forget it when it goes.
    var ties: Set<RoomName> = []

    /// Nearly everybody has one, and thousands have no list of them.
    private var first: Device?
    private var others: [Device] = []

    init(_ member: MemberID) {
        self.member = member
        author = Author(member)
    }

    // MARK: Its connections

    /// In the order in which they came.
    var devices: [Device] { first.map { [$0] + others } ?? [] }

    var isGone: Bool { first == nil }

    func add(_ device: Device) {
        if first == nil { first = device } else { others.append(device) }
    }

    func remove(_ device: Device) {
        if first === device { first = others.isEmpty ? nil : others.removeFirst() }
        others.removeAll { $0 === device }
    }

    func contains(where condition: (Device) -> Bool) -> Bool {
        first.map(condition) ?? false || others.contains(where: condition)
    }

    func first(where condition: (Device) -> Bool) -> Device? {
        first.flatMap { condition($0) ? $0 : nil } ?? others.first(where: condition)
    }

    /// Every room that one of its connections is in, each once.
    var rooms: [Room] {
        guard !others.isEmpty else { return first?.rooms ?? [] }
        var rooms: [Room] = []
        for room in devices.flatMap(\.rooms) where !rooms.contains(where: { $0 === room }) { rooms.append(room) }
        return rooms
    }

    /// Whoever would judge it has to stand above the highest that it can show.
    var isOperator: Bool { contains { $0.isOperator } }

    /// When it last asked for anything.
    var active: Timestamp { others.reduce(first?.active ?? .distantPast) { max($0, $1.active) } }
}

extension Timestamp {
    static let distantPast = Timestamp(milliseconds: .min)
}

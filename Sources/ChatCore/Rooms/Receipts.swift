internal import DequeModule

/// Messages that were given a name by their authors, for ten minutes: so that sending one again does not say it twice.
struct Receipts {
    /// Who keeps its identity from connection to connection.
    struct Holder: Hashable {
        let number: UInt64
    }

    enum Finding: Equatable {
        case new
        /// It has been said, under this number.
        case again(UInt64)
        /// The name stands for another message.
        case reused
    }

    /// A message as it is about to be said.
    struct Message {
        let holder: Holder
        let room: RoomName
        /// A room that has ended and was made again counts anew, and has not heard it.
        let life: RoomID
        let label: String
        let id: MessageID
        let text: CleanText
        let isAction: Bool
    }

    /// In seconds.
    static let lifetime = 600
    /// How many are remembered at most, and how many bytes of text.
    static let most = 100_000
    static let mostBytes = 16 * 1024 * 1024

    private struct HolderKey: Hashable {
        let holder: Holder
        let id: MessageID
    }

    private struct NameKey: Hashable {
        let room: RoomID
        let label: String
        let id: MessageID
    }

    private struct Receipt {
        let message: Message
        let sequence: UInt64
        let at: Timestamp
    }

    private var byHolder: [HolderKey: Receipt] = [:]
    private var byName: [NameKey: Receipt] = [:]
    private var order = Deque<(message: Message, at: Timestamp)>()
    private var bytes = 0

    var count: Int { order.count }

    /// By its holder the name is enough; of somebody else of that name in that room the text has to be the same too.
    func find(_ message: Message, at now: Timestamp) -> Finding {
        let holderKey = HolderKey(holder: message.holder, id: message.id)
        if let known = byHolder[holderKey], isAlive(known.at, now) {
            if known.message.life == message.life { return .again(known.sequence) }
            if known.message.room != message.room { return .reused }
        }
        let nameKey = NameKey(room: message.life, label: message.label, id: message.id)
        guard let known = byName[nameKey], isAlive(known.at, now) else { return .new }
        let isSame = known.message.text == message.text && known.message.isAction == message.isAction
        return isSame ? .again(known.sequence) : .reused
    }

    mutating func add(_ message: Message, sequence: UInt64, at now: Timestamp) {
        let receipt = Receipt(message: message, sequence: sequence, at: now)
        byHolder[HolderKey(holder: message.holder, id: message.id)] = receipt
        byName[NameKey(room: message.life, label: message.label, id: message.id)] = receipt
        order.append((message, now))
        bytes += message.text.string.utf8.count
        while let oldest = order.first,
            !isAlive(oldest.at, now) || order.count > Self.most || bytes > Self.mostBytes
        {
            order.removeFirst()
            bytes -= oldest.message.text.string.utf8.count
            forget(oldest.message, of: oldest.at)
        }
    }

    private mutating func forget(_ message: Message, of time: Timestamp) {
        let holderKey = HolderKey(holder: message.holder, id: message.id)
        if byHolder[holderKey]?.at == time { byHolder[holderKey] = nil }
        let nameKey = NameKey(room: message.life, label: message.label, id: message.id)
        if byName[nameKey]?.at == time { byName[nameKey] = nil }
    }

    private func isAlive(_ time: Timestamp, _ now: Timestamp) -> Bool {
        now < time.adding(seconds: Self.lifetime)
    }
}

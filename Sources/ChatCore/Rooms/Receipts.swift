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
        let room: RoomID
        let roomName: RoomName
        let label: String
        let id: MessageID
        /// Of its text and manner, under a key that nobody knows.
        let digest: Int

        init(by holder: Holder, in room: Room, as label: String, _ id: MessageID, _ text: CleanText, isAction: Bool) {
            (self.holder, self.room, roomName, self.label, self.id) = (holder, room.id, room.name, label, id)
            var hasher = Hasher()
            hasher.combine(text)
            hasher.combine(isAction)
            digest = hasher.finalize()
        }

        /// One that was said before the server started: as if each member were a holder.
        /// - Returns: nil if it has no name.
        init?(of event: Event, in room: Room) {
            guard let id = event.id, let text = event.body.text else { return nil }
            let author = event.body.author
            let isAction = if case .acted = event.body { true } else { false }
            let holder = Holder(number: author.member.number)
            self.init(by: holder, in: room, as: author.label, id, text, isAction: isAction)
        }

        /// One without a name goes by another number after a restart.
        fileprivate var isUnnamed: Bool { label.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        fileprivate var byNobody: NameKey { NameKey(room: room, label: "", id: id) }

        fileprivate var byHolder: HolderKey { HolderKey(holder: holder, id: id) }
        fileprivate var byName: NameKey { NameKey(room: room, label: label, id: id) }
    }

    /// In seconds.
    static let lifetime = 600
    /// How many are remembered at most, in all and of one holder: whoever sends more loses its own oldest first.
    static let most = 200_000
    static let mostOfOne = 1000
    /// How many of the old are forgotten at a time, so that nobody waits for it.
    private static let share = 16

    fileprivate struct HolderKey: Hashable {
        let holder: Holder
        let id: MessageID
    }

    fileprivate struct NameKey: Hashable {
        let room: RoomID
        let label: String
        let id: MessageID
    }

    private struct Receipt {
        let message: Message
        let sequence: UInt64
        let at: Timestamp
        /// Which of all it is.
        let serial: UInt64
    }

    private var byHolder: [HolderKey: Receipt] = [:]
    private var byName: [NameKey: Receipt] = [:]
    /// Of those who had no name before the server started; and when none of them is alive any more.
    private var unnamed: [NameKey: Receipt] = [:]
    private var unnamedEnd = Timestamp(milliseconds: .min)
    /// Of each holder, oldest first.
    private var own: [Holder: Deque<Receipt>] = [:]
    private var order = Deque<Receipt>()
    private var lastSerial: UInt64 = 0

    var count: Int { byHolder.count }

    /// By its holder the name is enough; of somebody else of that name in that room the text has to be the same too, and so
    /// it does of one who had no name before a restart, and has none now.
    func find(_ message: Message, at now: Timestamp) -> Finding {
        if let known = byHolder[message.byHolder], isAlive(known, now) {
            if known.message.room == message.room { return .again(known.sequence) }
            // A room that has ended took what was said with it.
            return known.message.roomName == message.roomName ? .new : .reused
        }
        guard let known = byName[message.byName], isAlive(known, now) else {
            guard message.isUnnamed, let known = unnamed[message.byNobody], isAlive(known, now) else { return .new }
            return known.message.digest == message.digest ? .again(known.sequence) : .new
        }
        return known.message.digest == message.digest ? .again(known.sequence) : .reused
    }

    /// One that was said before the server started.
    mutating func restore(_ message: Message, sequence: UInt64, at time: Timestamp) {
        add(message, sequence: sequence, at: time)
        guard message.isUnnamed else { return }
        unnamed[message.byNobody] = byHolder[message.byHolder]
        unnamedEnd = max(unnamedEnd, time.adding(seconds: Self.lifetime))
    }

    mutating func add(_ message: Message, sequence: UInt64, at now: Timestamp) {
        lastSerial += 1
        if !unnamed.isEmpty, now >= unnamedEnd { unnamed = [:] }
        let receipt = Receipt(message: message, sequence: sequence, at: now, serial: lastSerial)
        byHolder[message.byHolder] = receipt
        byName[message.byName] = receipt
        own[message.holder, default: []].append(receipt)
        order.append(receipt)
        if own[message.holder, default: []].count > Self.mostOfOne { forgetOldest(of: message.holder) }
        for _ in 0..<Self.share {
            guard let oldest = order.first, !isAlive(oldest, now) || !isKept(oldest) || count > Self.most else { break }
            order.removeFirst()
            if isKept(oldest) { forgetOldest(of: oldest.message.holder) }
        }
        if order.count > 2 * Self.most { order = Deque(order.filter(isKept)) }
    }

    /// It has not been said after all.
    /// - Returns: whether it was known.
    mutating func withdraw(_ id: MessageID, of event: Event) -> Bool {
        let key = NameKey(room: event.room, label: event.body.author.label, id: id)
        guard let receipt = byName[key], receipt.sequence == event.sequence else { return false }
        byName[key] = nil
        let message = receipt.message
        if byHolder[message.byHolder]?.serial == receipt.serial { byHolder[message.byHolder] = nil }
        own[message.holder]?.removeAll { $0.serial == receipt.serial }
        if own[message.holder]?.isEmpty == true { own[message.holder] = nil }
        return true
    }

    private mutating func forgetOldest(of holder: Holder) {
        guard let oldest = own[holder]?.popFirst() else { return }
        if own[holder]?.isEmpty == true { own[holder] = nil }
        if byHolder[oldest.message.byHolder]?.serial == oldest.serial { byHolder[oldest.message.byHolder] = nil }
        if byName[oldest.message.byName]?.serial == oldest.serial { byName[oldest.message.byName] = nil }
    }

    /// Whether it did not have to go before its time. Of each holder the oldest go first.
    private func isKept(_ receipt: Receipt) -> Bool {
        own[receipt.message.holder]?.first.map { $0.serial <= receipt.serial } ?? false
    }

    private func isAlive(_ receipt: Receipt, _ now: Timestamp) -> Bool {
        now < receipt.at.adding(seconds: Self.lifetime)
    }
}

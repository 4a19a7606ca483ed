internal import ChatCore
internal import DequeModule

/// One connection as the rooms see it: its readers, and what the server owes this connection besides.
///
/// Mostly it owes nothing, and its readers go on by themselves. What is said to it alone has its place among the lines of
/// its rooms: that is its agenda, and until it is through the readers are held.
///
/// Confined to its shard's event loop.
final class Member {
    let session: SessionID
    /// Where it comes from, as `host:port`; shown to itself alone.
    var address = ""
    /// The outlet keeps this member and lets go of it when the connection ends.
    let outlet: any Outlet
    /// How it is spoken to.
    var outbound: any OutboundCodec
    /// Its number, once it has been welcomed.
    private(set) var number: MemberID?

    /// Its rooms.
    private(set) var readers: [Reader] = []
    /// How many bytes of its own wait to be sent.
    var owed = 0
    /// Lines of its own that it did not read, and will not get.
    private var missed = 0
    private var view: View?
    /// Whether it has been sent all that it will ever get, and its connection is being closed.
    private(set) var hasLeft = false

    // What is not private is for Member+Log.swift alone.
    var agenda = Deque<AgendaItem>()
    private(set) var isLeaving = false
    /// How many answers are on their way from the log, and how many requests are done but for those.
    var awaited = 0
    var almostDone = 0
    /// Before, what it asks for is answered, but not sent: its welcome comes first.
    private var isGreeted = false

    // For the fan-out alone.
    var isDue = false
    var isGone = false

    /// How many bytes of its own may wait before what others say to it alone is dropped, and counted.
    private static let mostOwed = 256 * 1024

    init(session: SessionID, outlet: any Outlet, outbound: any OutboundCodec) {
        self.session = session
        self.outlet = outlet
        self.outbound = outbound
    }

    // MARK: What it is to get

    /// The first thing it gets of all; what was said to it before comes after.
    func welcome(_ number: MemberID, _ lines: [UInt8]) {
        self.number = number
        isGreeted = true
        agenda.prepend(.say(lines))
        owed += lines.count
    }

    /// It has taken a name that somebody of its account has, and goes by that one's number.
    func isNow(_ number: MemberID) {
        guard number != self.number else { return }
        self.number = number
        view?.own = number.number
    }

    /// Owes the member lines of its own, which come after all lines of its rooms that there are now.
    /// - Parameter isAnswer: to a request that must be answered, and of which no more come before it is.
    func reply(_ line: [UInt8], isAnswer: Bool = false) {
        guard !isLeaving, !line.isEmpty else { return }
        guard isAnswer || owed + line.count <= Self.mostOwed else {
            missed += 1
            return
        }
        catchUp()
        owed += line.count
        if isGreeted, case .say(var before)? = agenda.last {
            agenda.removeLast()  // so that the memory is not shared, and need not be copied
            before += line
            agenda.append(.say(before))
        } else {
            agenda.append(.say(line))
        }
        hold()
    }

    // MARK: Rooms

    func enter(_ audience: Audience, entry: UInt64? = nil) {
        let reader = audience.enter(self, entry: entry)
        reader.view = view
        reader.isHeld = !agenda.isEmpty
        readers.append(reader)
    }

    /// It gets what was said in this room so far.
    func leave(_ room: RoomID) {
        guard let index = readers.firstIndex(where: { $0.audience.room == room }) else { return }
        let reader = readers.remove(at: index)
        reader.audience.leave(reader)
        if let end = reader.end, reader.promised < end { agenda.append(.read(reader, to: end)) }
        agenda.append(.drop(reader))
        forgetOldRooms()
        hold()
    }

    /// It has been given a stretch of a room's past that was not the last, and wants the next when it has had this one.
    func willTurnPage(of room: RoomName, after sequence: UInt64, entry: UInt64) {
        guard !isLeaving else { return }
        agenda.append(.turnPage(room, after: sequence, entry: entry))
        hold()
    }

    /// What its reader wants is here no more: it goes on from the log.
    private func goBack(_ reader: Reader, _ entry: UInt64) {
        let audience = reader.audience
        let sequence = audience.sequence(before: reader.cursor)
        readers.removeAll { $0 === reader }
        agenda.removeAll { $0.isAbout(reader) }
        audience.drop(reader)
        willTurnPage(of: audience.name, after: sequence, entry: entry)
    }

    /// It will get what there is for it now, and then its connection is closed.
    func close() {
        guard !isLeaving else { return }
        for reader in readers { leave(reader.audience.room) }
        let last = outbound.closing()
        if !last.isEmpty { agenda.append(.say(last)) }
        owed += last.count
        agenda.append(.close)
        isLeaving = true
        isGreeted = true
    }

    /// Its connection is gone: nothing is kept for it.
    func end() {
        isGone = true
        for reader in readers { reader.audience.drop(reader) }
        for case .drop(let reader) in agenda { reader.audience.drop(reader) }
        readers = []
        agenda = []
        owed = 0
    }

    // MARK: What it wants to see

    func change(_ change: ViewChange) {
        changeView { $0.change(change) }
    }

    /// - Returns: false if it ignores as many as it may already.
    func ignore(_ author: Author, _ isIgnored: Bool) -> Bool {
        var isDone = false
        changeView { isDone = $0.ignore(author, isIgnored) }
        return isDone
    }

    func ignores(_ author: Author) -> Bool { view?.ignores(author) ?? false }

    private func changeView(_ change: (View) -> Void) {
        let view = view ?? View(of: number?.number ?? 0)
        change(view)
        self.view = view.isPlain ? nil : view
        for reader in readers { reader.view = self.view }
    }

    // MARK: Sending

    /// Sends what is on the agenda, and then what its rooms have for it, as far as the connection takes it.
    func pump() -> Progress {
        guard isGreeted, !hasLeft, !isGone else { return .caughtUp }
        var left = Reader.share
        while let item = agenda.first {
            guard left > 0 else { return .unfinished }
            switch item {
            case .say(let bytes):
                guard outlet.isWritable else { return .blocked }
                say(bytes, &left)
            case .read(let reader, let end):
                let progress = reader.audience.pump(reader, to: end, left: &left)
                if progress == .fallenOff, let entry = reader.entry {
                    goBack(reader, entry)
                    continue
                }
                guard progress == .caughtUp else { return progress }
                if case .read? = agenda.first { agenda.removeFirst() }
            case .drop(let reader):
                agenda.removeFirst()
                reader.audience.drop(reader)
            case .wait: return .caughtUp
            case .turnPage(let room, let sequence, let entry):
                agenda.removeFirst()
                outlet.turnPage(of: room, after: sequence, entry: entry)
            case .close:
                agenda.removeFirst()
                hasLeft = true
                outlet.close()
                return .caughtUp
            }
        }
        if missed > 0 { return sayWhatWasMissed() }
        var progress = Progress.caughtUp
        for reader in readers where !isGone {
            reader.isHeld = false
            let reached = reader.audience.pump(reader, left: &left)
            if reached == .fallenOff, let entry = reader.entry {
                goBack(reader, entry)
                return .unfinished
            }
            if reached != .caughtUp { progress = reached }
        }
        return progress
    }

    private func say(_ bytes: [UInt8], _ left: inout Int) {
        // Taken out first: a send may find the connection broken, and its end comes back to us from inside.
        agenda.removeFirst()
        owed -= bytes.count
        left -= bytes.count
        outlet.send(bytes.span.bytes)
        outlet.resume()
    }

    private func sayWhatWasMissed() -> Progress {
        let line = outbound.unread(missed)
        missed = 0
        reply(line)
        return .unfinished
    }

    // MARK: The agenda

    /// What is in its rooms now comes before what is owed next.
    func catchUp() {
        for reader in readers where reader.promised < reader.audience.feed.head {
            reader.promised = reader.audience.feed.head
            agenda.append(.read(reader, to: reader.promised))
        }
    }

    func hold() {
        for reader in readers { reader.isHeld = true }
    }

    /// One who goes from room to room and does not read gives up those it left longest ago.
    private func forgetOldRooms() {
        let left = agenda.compactMap { if case .drop(let reader) = $0 { reader } else { nil } }
        guard left.count > Self.mostLeft, let oldest = left.first else { return }
        let missed = (oldest.end ?? oldest.cursor) - oldest.cursor
        let sequence = oldest.audience.sequence(before: oldest.cursor)
        oldest.audience.drop(oldest)
        let place = agenda.firstIndex { $0.isAbout(oldest) } ?? agenda.startIndex
        agenda.removeAll { $0.isAbout(oldest) }
        guard missed > 0 else { return }
        let notice = outbound.missed(missed, in: oldest.audience.name, after: sequence)
        agenda.insert(.say(notice), at: place)
        owed += notice.count
    }

    /// How many rooms that it has left may still have lines for it.
    private static let mostLeft = 8
}

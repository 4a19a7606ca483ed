public import ChatCore

/// What a newcomer reads.
extension TextCodec {
    /// The first line of all, and under it what a user of `openssl s_client` needs to know.
    /// - Parameters:
    ///   - address: where the newcomer comes from, as `host:port`; shown to nobody else.
    ///   - utcOffset: the server's, in seconds east.
    public static func welcome(_ member: MemberID, from address: String, at time: Timestamp, utcOffset: Int) -> String {
        let entered = CivilTime(time, utcOffset: utcOffset)
        return """
            Welcome, \(address), UID:\(member.number), Enter At:\(entered)
            * /help says what there is; openssl s_client needs -quiet or -nocommands, or it keeps lines that begin with \
            Q, R, K or k; with -quiet the end of input does not leave, /quit does\n
            """
    }

    /// Where one is now. What the room has kept follows, and ``retention(_:afterlife:)``.
    public static func entered(_ room: RoomView) -> String {
        let others =
            switch room.members {
            case ...1: "alone"
            case 2: "with 1 other"
            default: "with \(room.members - 1) others"
            }
        var lines = "* you are in \(room.name), \(others)\n"
        if let topic = room.topic { lines += "* the topic: \(topic.string)\n" }
        if room.isPrivate { lines += "* this room is private: it is not listed, and only who is invited can enter\n" }
        if room.slow > 0 { lines += "* slow mode: one line from each member in \(room.slow) s\n" }
        if room.mayModerate { lines += "* you may moderate this room; /help lists how\n" }
        return lines
    }

    /// The honest line at the end of what a newcomer is told.
    /// - Parameter afterlife: how long the room outlives its last member, in seconds; nil: it always exists.
    public static func retention(_ retention: Retention, afterlife: Int?) -> String {
        switch retention {
        case .nothing: nothingKept
        case .inMemory(let messages, _):
            "* this room keeps its last \(messages) messages in memory, until the server stops"
                + "\(afterlife.map { " or nobody has been here for \(Period.text($0))" } ?? "")\n"
        case .stored(let events, let days, let bytes):
            "* this room keeps \(extent(events, days, bytes))"
                + "\(afterlife.map { " until nobody has been here for \(Period.text($0))" } ?? "")"
                + "; /history shows the last of it, /forget me takes back what you have said\n"
        }
    }

    /// How much of what was said is kept.
    private static func extent(_ events: Int?, _ days: Int?, _ bytes: Int?) -> String {
        let limits = [
            days.map { $0 == 1 ? "for a day" : "for \($0) days" },
            events.map { "up to \($0) lines with those about who comes and goes" },
            bytes.map { "up to \(size($0)) for all rooms together" },
        ]
        let all = limits.compactMap { $0 }
        return all.isEmpty ? "all that is said" : "what is said, \(all.joined(separator: ", "))"
    }

    /// `4 GiB`.
    private static func size(_ bytes: Int) -> String {
        let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
        var (size, unit) = (bytes, 0)
        while size >= 1024, size % 1024 == 0, unit + 1 < units.count { (size, unit) = (size / 1024, unit + 1) }
        return "\(size) \(units[unit])"
    }

    private static let nothingKept = "* nothing that is said here is kept\n"

    /// The same, as far as conclave/1 tells it to who has entered.
    public static func keeps(_ keeps: StructuredEnter.Keeps) -> String {
        guard ![keeps.messages, keeps.days, keeps.bytes].contains(0) else { return nothingKept }
        let what = keeps.messages.map { "its last \($0) messages" } ?? "what is said"
        let time = keeps.days.map { $0 == 1 ? ", for one day" : ", for \($0) days" } ?? ""
        return "* this room keeps \(what)\(time)\n"
    }

    /// Told to a member whose line was over the limit.
    public static func tooLong(limit: Int) -> String {
        "\(tooLong)\(limit) bytes and was not sent\n"
    }

    static let tooLong = "* your line is longer than "

    /// Told to whoever greeted us in another protocol, before the door is closed. It repeats nothing of the greeting.
    public static let foreign = "* this is a chat room and not what your program takes it for; goodbye\n"
}

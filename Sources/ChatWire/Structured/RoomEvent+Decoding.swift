import ChatCore

extension RoomEvent {
    /// - Returns: nil for an event that is not known, or none of a room's.
    init?(_ json: JSON) throws(JSONProblem) {
        guard let event = json["event"]?.string, let body = try Self.body(of: event, json) else { return nil }
        room = try json.required("room") { $0.room }
        sequence = try json.required("seq") { $0.whole }
        at = try json.required("at") { $0.moment }
        self.body = body
        id = event == "said" ? json["id"]?.string.flatMap { MessageID($0) } : nil
    }

    private static func body(of event: String, _ json: JSON) throws(JSONProblem) -> Event.Body? {
        switch event {
        case "said":
            let author = try json.required("from") { $0.author }
            let text = try json.required("text") { $0.clean }
            if json["forgotten"]?.bool == true { return .forgotten(author) }
            return json["action"]?.bool == true ? .acted(author, text) : .said(author, text)
        case "entered": return .entered(try json.required("who") { $0.author })
        case "forgot": return .forgot(try json.required("who") { $0.author })
        case "left": return try departure(json)
        case "renamed":
            let before = try json.required("who") { $0.author }
            let name = json["nick"]?.string.flatMap { try? Nickname($0) }
            return .renamed(from: before, to: Author(before.member, name: name))
        case "topic": return .topic(json["text"]?.clean, by: try json.required("by") { $0.author })
        case "notice": return try notice(json)
        default: return nil
        }
    }

    /// One that was made to go in a way we do not know has gone all the same.
    private static func departure(_ json: JSON) throws(JSONProblem) -> Event.Body {
        let author = try json.required("who") { $0.author }
        guard let how = json["how"]?.string, how == "kicked" || how == "banned" else { return .left(author) }
        let judge = try json.required("by") { $0.author }
        let reason = json["reason"]?.clean
        let isBan = how == "banned"
        return .ruled(
            isBan
                ? .banned(author, seconds: json["seconds"]?.count, reason: reason) : .kicked(author, reason: reason),
            by: judge
        )
    }

    private static func notice(_ json: JSON) throws(JSONProblem) -> Event.Body? {
        guard let kind = json["kind"]?.string, kinds.contains(kind) else { return nil }
        let author = try json.required("by") { $0.author }
        let ruling: Ruling
        switch kind {
        case "announcement": return .announced(try json.required("text") { $0.clean }, by: author)
        case "muted": ruling = .muted(try json.required("who") { $0.author }, seconds: json["seconds"]?.count)
        case "unmuted": ruling = .unmuted(try json.required("who") { $0.author })
        case "moderator":
            ruling = .moderator(try json.required("who") { $0.author }, try json.required("on") { $0.bool })
        case "slow": ruling = .slow(seconds: try json.required("seconds") { $0.count })
        case "lockdown": ruling = .lockdown(try json.required("on") { $0.bool })
        default: ruling = .isPrivate(try json.required("on") { $0.bool })
        }
        return .ruled(ruling, by: author)
    }

    private static let kinds: Set = ["announcement", "muted", "unmuted", "moderator", "slow", "lockdown", "private"]
}

import ChatCore

extension StructuredReply {
    /// What an answer's fields say to who has asked for `operation`; nil if they do not say it.
    public init?(_ json: JSON, to operation: StructuredRequest.Operation) {
        guard let reply = try? Self.read(json, to: operation) else { return nil }
        self = reply
    }

    private static func read(
        _ json: JSON,
        to operation: StructuredRequest.Operation
    ) throws(JSONProblem) -> StructuredReply {
        switch operation {
        case .enter: return .entered(try json.required("room") { _ in StructuredEnter(json) })
        case .leave: return .left(try json.required("room") { $0.room })
        case .say: return .said(try json.required("seq") { $0.whole }, again: json["again"]?.bool == true)
        case .whisper: return .whispered(to: try json.required("to") { $0.author }, away: json["away"]?.clean)
        case .rename: return .named(try json.required("uid") { _ in json.author })
        case .who:
            return .who(
                try json.required("room") { $0.room },
                try json.listing("members") { MemberSummary($0) }
            )
        case .rooms: return .rooms(try json.listing("rooms") { RoomSummary($0) })
        case .topic: return .topic(try json.required("room") { $0.room }, json["text"]?.clean)
        case .history, .search: return try history(json)
        case .invite:
            return .invited(try json.required("room") { $0.room }, try json.required("who") { $0.author })
        case .ban:
            return .banned(try json.required("label") { $0.clean }.string, seconds: json["seconds"]?.count)
        case .unban: return .unbanned(try json.required("label") { $0.clean }.string)
        case .bans: return .bans(try json.listing("bans") { BanSummary($0) })
        case .whois: return .whois(try json.required("devices") { _ in Profile(json) })
        case .release: return .released(try json.required("nick") { $0.nickname })
        case .link(nil):
            let code = try json.required("code") { $0.string.flatMap { LinkCode($0) } }
            return .code(code, seconds: try json.required("seconds") { $0.count })
        case .link: return .linked(try json.required("nicks") { $0.array }.compactMap(\.nickname))
        case .verify:
            let words = try json.required("words") { $0.array }.compactMap(\.clean?.string)
            return .words(try json.required("uid") { _ in json.author }, words)
        case .admit: return .admitted(try json.required("key") { $0.key }, json["nick"]?.nickname)
        case .forget: return .forgot(try json.required("rooms") { $0.count })
        case .announce: return .announced(try json.required("rooms") { $0.count })
        case .away, .kick, .mute, .unmute, .setModerator, .slow, .lockdown, .setPrivate, .oper, .ping, .bye:
            return .done
        }
    }

    /// Events that only a newer client knows are left out.
    private static func history(_ json: JSON) throws(JSONProblem) -> StructuredReply {
        .history(
            try json.required("room") { $0.room },
            try json.required("epoch") { $0.epoch },
            try json.required("events") { $0.array }.compactMap { try? RoomEvent($0) },
            more: try json.required("more") { $0.bool }
        )
    }
}

extension JSON {
    fileprivate func listing<Element>(
        _ name: String,
        _ read: (JSON) -> Element?
    ) throws(JSONProblem) -> Listing<Element> {
        let shown = try required(name) { $0.array }
        return Listing(shown.compactMap(read), more: try required("more") { $0.count })
    }
}

import ChatCore

extension StructuredFrame {
    /// Reads a line, without its end. What a newer server adds is ignored, and an event that is not known is ``unknown``.
    /// - Throws: of what is not JSON, where; of an event that lacks something, which part, at its beginning.
    public init(_ line: RawSpan) throws(JSONProblem) {
        let json = try JSON(line, limits: .reply)
        guard case .object = json else { throw JSONProblem(at: 0, "a line is an object") }
        if let event = json["event"]?.string {
            self = try Self.event(event, json)
        } else {
            self = .answer(try StructuredAnswer(json))
        }
    }

    private static func event(_ event: String, _ json: JSON) throws(JSONProblem) -> StructuredFrame {
        switch event {
        case "welcome": return .welcome(try StructuredWelcome(json))
        case "whispered":
            return .whispered(from: try json.required("from") { $0.author }, try json.required("text") { $0.clean })
        case "gap":
            return .gap(
                try json.required("room") { $0.room },
                after: try json.required("after") { $0.whole },
                missed: try json.required("missed") { $0.whole }
            )
        case "closing":
            let reason = try json.required("reason") { $0.string }
            return .closing(Closing(Closing.Reason(rawValue: reason) ?? .other, json["message"]?.clean?.string ?? ""))
        default:
            if event == "notice", let notice = try PersonalNotice(json) { return .notice(notice) }
            if let event = try RoomEvent(json) { return .event(event) }
            return .unknown(event: CleanText(event).string)
        }
    }
}

extension StructuredWelcome {
    fileprivate init(_ json: JSON) throws(JSONProblem) {
        server = try json.required("server") { $0.clean }.string
        member = MemberID(try json.required("uid") { $0.whole })
        session = try json.required("session") { $0.string.flatMap { SessionSecret($0) } }
        address = try json.required("address") { $0.clean }.string
        key = json["key"]?.key
        let limits = try json.required("limits") { $0 }
        self.limits = Limits(
            line: try limits.required("line") { $0.count },
            frame: try limits.required("frame") { $0.count },
            messages: Int64(try limits.required("messages") { $0.count }),
            burst: Int64(try limits.required("burst") { $0.count }),
            rooms: try limits.required("rooms") { $0.count }
        )
        if let json = json["next_pin"], json != .null { nextPin = try NextPin(json) }
    }
}

extension PersonalNotice {
    /// - Returns: nil for what is told to a whole room, or not known.
    fileprivate init?(_ json: JSON) throws(JSONProblem) {
        switch json["kind"]?.string {
        case "invited":
            self = .invited(try json.required("room") { $0.room }, by: try json.required("by") { $0.author })
        case "removed":
            self = .removed(
                try json.required("room") { $0.room },
                by: try json.required("by") { $0.author },
                reason: json["reason"]?.clean,
                isBan: json["how"]?.string == "banned"
            )
        case "unread": self = .unread(try json.required("count") { $0.count })
        case "name":
            self = .name(
                try json.required("nick") { $0.nickname },
                isKept: try json.required("kept") { $0.bool },
                message: json["message"]?.clean?.string ?? ""
            )
        case "silent": self = .silent(seconds: try json.required("seconds") { $0.count })
        default: return nil
        }
    }
}

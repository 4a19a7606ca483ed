import ChatCore

/// Why a request could not be understood.
public struct RequestProblem: Error, Sendable, Equatable {
    /// The request's, if it could be read: the answer bears it.
    public var ref: String?
    public var error: StructuredError

    public init(ref: String?, _ error: StructuredError) {
        self.ref = ref
        self.error = error
    }
}

extension StructuredRequest {
    /// Reads a line, without its end.
    /// - Parameter textLimit: the longest text, in bytes as it was sent.
    public init(_ line: RawSpan, textLimit: Int = .max) throws(RequestProblem) {
        let json = try Self.object(line)
        let fields = RequestFields(json: json, textLimit: textLimit)
        var ref: String?
        do throws(RequestFields.Problem) {
            ref = try fields.reference()
            self.init(try Operation(fields), ref: ref)
        } catch {
            let place = error.isThere ? JSONParser.place(of: error.field, in: line, .request) : nil
            throw RequestProblem(ref: ref, StructuredError(error.code, error.message, position: place))
        }
    }

    private static func object(_ line: RawSpan) throws(RequestProblem) -> JSON {
        let problem: JSONProblem
        do throws(JSONProblem) {
            let json = try JSON(line, limits: .request)
            if case .object = json { return json }
            problem = JSONProblem(at: 0, "a request is an object")
        } catch {
            problem = error
        }
        throw RequestProblem(ref: nil, StructuredError(.malformed, problem.reason, position: problem.position))
    }
}

extension StructuredRequest.Operation {
    fileprivate init(_ fields: RequestFields) throws(RequestFields.Problem) {
        switch try fields.operationName() {
        case .enter: self = .enter(try fields.room(), try fields.entry())
        case .leave: self = .leave(try fields.room())
        case .say:
            self = .say(
                try fields.room(),
                try fields.speech(),
                isAction: try fields.optional("action", fields.bool) ?? false,
                id: try fields.optional("id", fields.messageID)
            )
        case .whisper: self = .whisper(to: try fields.whom("to"), try fields.speech())
        case .rename: self = .rename(try fields.nickname())
        case .who:
            let after = try fields.optional("after", fields.sequence).map { MemberID($0) }
            self = .who(try fields.room(), prefix: try fields.prefix(), after: after)
        case .rooms: self = .rooms(prefix: try fields.prefix())
        case .topic: self = .topic(try fields.room(), try fields.optional("text", fields.text).map { CleanText($0) })
        case .history: self = .history(try fields.room(), try fields.past())
        case .search:
            let past = try fields.past()
            self = .search(try fields.room(), try fields.searchText(), before: past.before, limit: past.limit)
        case .forget: self = .forget
        case .invite: self = .invite(try fields.room(), try fields.whom("who"))
        case .away: self = .away(try fields.note("text"))
        case .kick: self = .kick(try fields.room(), try fields.whom("who"), reason: try fields.note("reason"))
        case .ban:
            self = .ban(
                try fields.room(),
                try fields.banTarget(),
                seconds: try fields.optional("seconds", fields.duration),
                reason: try fields.note("reason")
            )
        case .unban: self = .unban(try fields.room(), try fields.label("label"))
        case .bans: self = .bans(try fields.room())
        case .mute:
            let seconds = try fields.optional("seconds", fields.duration)
            self = .mute(try fields.room(), try fields.whom("who"), seconds: seconds)
        case .unmute: self = .unmute(try fields.room(), try fields.whom("who"))
        case .op: self = .setModerator(try fields.room(), try fields.whom("who"), true)
        case .deop: self = .setModerator(try fields.room(), try fields.whom("who"), false)
        case .slow: self = .slow(try fields.room(), seconds: try fields.number("seconds", in: 0...86_400))
        case .lockdown: self = .lockdown(try fields.room(), try fields.bool("on"))
        case .private: self = .setPrivate(try fields.room(), try fields.bool("on"))
        case .announce: self = .announce(try fields.speech())
        case .oper: self = .oper(account: try fields.label("name"), password: try fields.password())
        case .whois: self = .whois(try fields.whom("who"))
        case .release: self = .release(try fields.nickname())
        case .link: self = .link(try fields.optional("code", fields.linkCode))
        case .verify: self = .verify(try fields.optional("who", fields.whom))
        case .admit: self = .admit(try fields.key("key"), fields.has("nick") ? try fields.nickname() : nil)
        case .ping: self = .ping
        case .bye: self = .bye
        }
    }
}

public import ChatCore

/// What `/status` knows of a connection. What is nil is not told.
public struct StatusFacts: Sendable, Equatable {
    /// As the user wrote it: `chat.example:2022`.
    public var server: String
    public var connection: PromptState.Connection
    public var room: RoomName?
    public var author: Author?
    /// `TLSv1.3`.
    public var tlsVersion: String?
    public var cipher: String?
    public var group: String?
    /// The fingerprint of the server's key.
    public var serverKey: String?
    /// What the server is believed by.
    public var trust: TrustGround?
    /// The fingerprint of our own key.
    public var ownKey: String?
    /// Words that both ends can compare.
    public var words: String?
    /// In milliseconds.
    public var roundTrip: Double?
    /// How many messages wait to be said.
    public var unsent: Int

    public init(
        server: String,
        connection: PromptState.Connection,
        room: RoomName? = nil,
        author: Author? = nil,
        tlsVersion: String? = nil,
        cipher: String? = nil,
        group: String? = nil,
        serverKey: String? = nil,
        trust: TrustGround? = nil,
        ownKey: String? = nil,
        words: String? = nil,
        roundTrip: Double? = nil,
        unsent: Int = 0
    ) {
        (self.server, self.connection, self.room, self.author) = (server, connection, room, author)
        (self.tlsVersion, self.cipher, self.group) = (tlsVersion, cipher, group)
        (self.serverKey, self.trust, self.ownKey, self.words) = (serverKey, trust, ownKey, words)
        (self.roundTrip, self.unsent) = (roundTrip, unsent)
    }

    /// A line for each fact. They are shown as notices are.
    public func lines(_ texts: Texts) -> [Sentence] {
        let encryption = [tlsVersion, cipher, group].compactMap { $0 }.joined(separator: ", ")
        let facts: [(String, String?)] = [
            (texts.pick("server", "服务器"), server),
            (texts.pick("connection", "连接"), texts.connection(connection)),
            (texts.pick("round trip", "往返时间"), roundTrip.map { Self.milliseconds($0) }),
            (texts.pick("encryption", "加密"), encryption.isEmpty ? nil : encryption),
            (texts.pick("server's key", "服务器密钥"), serverKey),
            (texts.pick("believed by", "信任依据"), trust.map { texts.ground($0) }),
            (texts.pick("your name", "你的名字"), author?.label),
            (texts.pick("your key", "你的密钥"), ownKey),
            (texts.pick("words to compare", "验证词"), words),
            (texts.pick("room", "房间"), room.map { "\($0)" }),
            (
                texts.pick("not sent yet", "尚未发出"),
                unsent > 0 ? texts.counted(unsent, ("message", "messages"), "条") : nil
            ),
        ]
        return facts.compactMap { label, value in
            value.map { "\(label)\(texts.pick(": ", "："))\(CleanText($0))" }
        }
    }

    /// `0.4 ms`, `23 ms`.
    private static func milliseconds(_ time: Double) -> String {
        guard time.isFinite, time >= 0, time < 1e9 else { return "?" }
        guard time < 10 else { return "\(Int(time + 0.5)) ms" }
        let tenths = Int(time * 10 + 0.5)
        return "\(tenths / 10).\(tenths % 10) ms"
    }
}

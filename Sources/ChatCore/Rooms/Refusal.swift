/// Why the room did not do what it was asked.
public enum Refusal: Error, Sendable, Equatable {
    /// It is in no room.
    case nowhere
    case notIn(RoomName)
    case alreadyIn(RoomName)
    /// Who is to be asked in is there.
    case alreadyHere(Author, RoomName)
    /// The room is private, locked, or it is banned there: which of them is not told.
    case mayNotEnter(RoomName)
    case roomIsFull(RoomName, limit: Int)
    case tooManyRooms(limit: Int)
    case inTooManyRooms(limit: Int)
    case noSuchMember(String)
    case nameTaken(Nickname)
    case alreadyNamed(Nickname)
    /// That would be to do it to oneself.
    case thatIsYou
    case nobodyToAnswer
    /// Whom one would answer.
    case hasLeft(Author)
    case everybodysAddresses(AddressRange)
    case muted(RoomName, seconds: Int?)
    case slow(RoomName, seconds: Int)
    case noteTooLong(limit: Int)
    case onlyModerators(RoomName)
    case onlyOperators
    /// One who moderates cannot be kicked, banned or muted by one who does not stand above.
    case isProtected(Author)
    case lobbyStaysPublic
    case noSuchBan(String)
    case tooMany(String, limit: Int)
    case onlyOperatorsBanAddresses
    case noSuchMute(String)
    case notHere(Author, RoomName)
    case moderatesAlready(Author)
    case moderatesNot(Author)
    case lobbyHasOperators
    /// The name of a message stands for another one.
    case idReused(MessageID)
    /// Only a connection that is in no room can take the place of another.
    case notFresh
    /// The log takes nothing now.
    case notKept
    /// The log cannot be read now.
    case notReadable
    /// It has said nothing that it could take back.
    case nothingToForget
    /// The name is kept for another account.
    case nameReserved(Nickname)
    case notReserved(Nickname)
    /// Names come from certificates here.
    case nameIsCertified
    /// It has shown no key.
    case noKey
    /// Its key has no account.
    case noAccount
    /// Its key has an account of its own.
    case hasAccount
    case wrongCode
    case tooManyCodes
    /// Only those with an account may enter rooms. What it has shown: its key.
    case membersOnly(KeyFingerprint?)
    /// The TLS session has nothing to make words of; nil: its own.
    case notVerifiable(Author?)
}

extension Refusal: CustomStringConvertible {
    /// One line: what happened, and what to do.
    public var description: String {
        switch self {
        case .nowhere: "you are in no room; /rooms lists them, /join ROOM enters one"
        case .notIn(let room): "you are not in \(room)"
        case .alreadyIn(let room): "you are in \(room) already"
        case .alreadyHere(let author, let room): "`\(author.label)` is in \(room) already"
        case .mayNotEnter(.lobby): "you cannot enter \(RoomName.lobby) now; try again later"
        case .mayNotEnter(let room): "you cannot enter \(room) now; a moderator inside may invite you"
        case .roomIsFull(let room, let limit): "\(room) is full: it holds \(limit) members; try again later"
        case .tooManyRooms(let limit): "there are \(limit) rooms, and there cannot be more; /rooms lists them"
        case .inTooManyRooms(let limit): "you are in \(limit) rooms, the most there may be; leave one first"
        case .noSuchMember(let name): "there is nobody called `\(name)`; /who lists who is here"
        case .nameTaken(let name): "the name `\(name)`, or one that looks like it, is taken; choose another"
        case .alreadyNamed(let name): "your name is `\(name)` already"
        case .thatIsYou: "that is you"
        case .nobodyToAnswer: "nobody has sent you a private message yet; /msg NAME TEXT sends one"
        case .hasLeft(let author): "`\(author.label)` has left the server"
        case .everybodysAddresses(let range): "\(range) is this machine itself, and cannot be banned"
        case .muted(let room, let seconds):
            "you are muted in \(room)\(seconds.map { " for \(Period.text($0)) more" } ?? ""); your line was not sent"
        case .slow(let room, let seconds):
            "\(room) is in slow mode: you may speak again in \(seconds) s; your line was not sent"
        case .noteTooLong(let limit): "that is too long; it may have \(limit) bytes"
        case .onlyModerators(let room):
            room == .lobby
                ? "only operators may do that in \(room); /oper NAME PASSWORD makes you one"
                : "only moderators of \(room) may do that"
        case .onlyOperators: "only operators may do that; /oper NAME PASSWORD makes you one"
        case .isProtected(let author): "`\(author.label)` moderates as well, so you cannot"
        case .lobbyStaysPublic: "\(RoomName.lobby) is everybody's way in and cannot be private"
        case .noSuchBan(let label): "there is no ban on \(label); /bans lists them"
        case .tooMany(let what, let limit): "there are \(limit) \(what) already, which is the most there may be"
        case .onlyOperatorsBanAddresses: "only operators may ban addresses; ban a NAME instead"
        case .noSuchMute(let label): "`\(label)` is not muted"
        case .notHere(let author, let room): "`\(author.label)` is not in \(room)"
        case .moderatesAlready(let author): "`\(author.label)` moderates already"
        case .moderatesNot(let author): "`\(author.label)` was not given the right to moderate"
        case .idReused(let id): "the id \(id) was used for something else; choose a new one for each message"
        case .notFresh: "you are in a room already, and can take over no other connection's place"
        case .notKept: "the server can keep nothing now, so that was not done; try again later"
        case .notReadable: "what was said before cannot be read now; try again later"
        case .nothingToForget: "you have said nothing here since you came; only that can be forgotten"
        case .nameReserved(let name):
            "the name `\(name)`, or one that looks like it, is kept for somebody else's key; choose another"
        case .notReserved(let name): "the name `\(name)` is kept for nobody"
        case .nameIsCertified: "names come from certificates on this server; yours stays what your certificate says"
        case .noKey: "you have shown no key; connect with a certificate of your own, such as s_client's -cert and -key"
        case .noAccount: "your key has no account yet; /nick NAME takes a name, which is then kept for it"
        case .hasAccount: "your key has an account of its own; /release its names first, and then link it to another"
        case .wrongCode: "that code is wrong, used or too old; /link on the other connection gives a new one"
        case .tooManyCodes:
            "too many wrong codes; try again in \(Period.text(AccountRules.codeLifetime)), on a new connection"
        case .membersOnly(let key?):
            "only members may come in; ask an operator to admit your key \(key), or /link CODE adds it to your account"
        case .membersOnly(nil):
            "only members may come in, who have a key; connect with yours, such as s_client's -cert and -key"
        case .notVerifiable(nil):
            "your connection has no words: it is TLS 1.2 without extended master secret; use TLS 1.3"
        case .notVerifiable(let author?):
            "`\(author.label)` has no words: its connection is TLS 1.2 without extended master secret"
        case .lobbyHasOperators: "in \(RoomName.lobby) only operators moderate; /oper NAME PASSWORD makes one"
        }
    }
}

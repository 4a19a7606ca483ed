public import ChatCore

/// A request was done: what the answer says besides that.
public enum StructuredReply: Sendable, Equatable {
    /// Nothing.
    case done
    case entered(StructuredEnter)
    case left(RoomName)
    /// Under which number. `again`: it had been said before, and was not published now.
    case said(UInt64, again: Bool)
    /// `away`: what the other has left for such a case.
    case whispered(to: Author, away: CleanText?)
    /// Who one is now.
    case named(Author)
    case who(RoomName, Listing<MemberSummary>)
    case rooms(Listing<RoomSummary>)
    case topic(RoomName, CleanText?)
    /// `more`: whether there is more in the direction that was asked for.
    case history(RoomName, Epoch, [RoomEvent], more: Bool)
    case invited(RoomName, Author)
    /// `seconds`: nil: for good.
    case banned(String, seconds: Int?)
    case unbanned(String)
    case bans(Listing<BanSummary>)
    /// In so many rooms.
    case announced(Int)
    case forgot(Int)
    case whois(Profile)
    case released(Nickname)
    case code(LinkCode, seconds: Int)
    /// The names of the account that one's key is one of now.
    case linked([Nickname])
    /// The four words of each connection, with spaces between them.
    case words(Author, [String])
    case admitted(KeyFingerprint, Nickname?)
}

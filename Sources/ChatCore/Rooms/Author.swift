/// Who said or did something, by the name of that moment: a later rename does not change what has been.
///
/// An object, because every event carries one and a member says many things under one name.
public final class Author: Sendable {
    public let member: MemberID
    /// nil: goes by the number.
    public let name: Nickname?
    /// The name, or the number in decimal digits: what stands before a line. It holds neither space nor colon.
    public let label: String
    /// The name is kept for who has it, and for nobody else.
    public let isVerified: Bool
    /// The label in small letters, as bytes, for who looks for its beginning among thousands.
    let folded: [UInt8]

    public init(_ member: MemberID, name: Nickname? = nil, isVerified: Bool = false) {
        self.member = member
        self.name = name
        self.isVerified = isVerified
        label = name?.text ?? String(member.number)
        folded = Array(label.lowercased().utf8)
    }
}

extension Author: Hashable {
    public static func == (one: Author, other: Author) -> Bool {
        one.member == other.member && one.label == other.label
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(member)
    }
}

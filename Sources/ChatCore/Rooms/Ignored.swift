/// Whose words the user does not want to see: by number, and by name, as the number is another one after a reconnect.
public struct Ignored: Sendable {
    private var members: Set<MemberID> = []
    private var names: Set<Nickname> = []

    public init() {}

    public mutating func set(_ author: Author, _ isIgnored: Bool) {
        if isIgnored {
            members.insert(author.member)
            if let name = author.name { names.insert(name) }
        } else {
            members.remove(author.member)
            if let name = author.name { names.remove(name) }
        }
    }

    public func contains(_ author: Author) -> Bool {
        members.contains(author.member) || author.name.map { names.contains($0) } ?? false
    }
}

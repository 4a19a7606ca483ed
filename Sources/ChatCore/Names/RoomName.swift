/// The name of a room, such as `#lobby`: after the `#`, 1 to 32 letters and digits of any script, `-`, `_` and `.`.
///
/// Unlike a ``Nickname`` it may be a number or any word, because the `#` tells it from both. Two are equal when their
/// ``NameKey``s are.
public struct RoomName: Hashable, Sendable, CustomStringConvertible {
    /// Without the `#`, in NFC.
    public let text: String
    public let key: NameKey

    /// The room in which everybody begins.
    public static let lobby = RoomName(checked: "lobby")

    /// - Parameter raw: as somebody wrote it, with a `#` before it or without, and no space around it.
    /// - Throws: what is wrong with it; never ``NameProblem/number`` or ``NameProblem/reserved``.
    public init(_ raw: String) throws(NameProblem) {
        var name = raw.unicodeScalars[...]
        // By scalars, because a mark after the # would make another character of it.
        if name.first == "#" { name.removeFirst() }
        self.init(checked: try NameRules.checked(String(name)))
    }

    private init(checked text: String) {
        self.text = text
        key = NameKey(text)
    }

    /// With the `#`.
    public var description: String { "#\(text)" }

    public static func == (left: RoomName, right: RoomName) -> Bool { left.key == right.key }

    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

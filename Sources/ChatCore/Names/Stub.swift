// A stand-in until the real one comes.
public struct NameKey: Hashable, Sendable { let text: String }
public enum NameProblem: Error, Equatable, Sendable, CustomStringConvertible {
    case number
    case reserved
    case other
    public var description: String { "no such name" }
}
public struct Nickname: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public let key: NameKey
    public init(_ raw: String) throws(NameProblem) {
        guard !raw.isEmpty, raw.utf8.count <= 32 else { throw .other }
        if UInt64(raw) != nil { throw .number }
        text = raw
        key = NameKey(text: raw.lowercased())
    }
    public static func == (a: Self, b: Self) -> Bool { a.key == b.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
    public var description: String { text }
}
public struct RoomName: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public let key: NameKey
    public static let lobby = RoomName(known: "lobby")
    private init(known: String) { text = known; key = NameKey(text: known) }
    public init(_ raw: String) throws(NameProblem) {
        let name = raw.hasPrefix("#") ? String(raw.dropFirst()) : raw
        guard !name.isEmpty, name.utf8.count <= 32 else { throw .other }
        text = name
        key = NameKey(text: name.lowercased())
    }
    public static func == (a: Self, b: Self) -> Bool { a.key == b.key }
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }
    public var description: String { "#\(text)" }
}

public import ChatCore

/// What a client that knows only lines can tell of the server's.
extension TextCodec {
    /// Whether it says that something was not said to the room: it was too long, or its author was nowhere, mute, or too
    /// soon.
    public static func saysNotSaid(_ line: String) -> Bool {
        if line.hasPrefix(tooLong) || line.hasPrefix("* \(Refusal.nowhere)") || line.hasPrefix("* you are muted in ") {
            return true
        }
        // A room's name holds no space, and nothing that a member has written stands so early in such a line.
        guard line.hasPrefix("* #"), let space = line.dropFirst(2).firstIndex(of: " ") else { return false }
        return line[space...].hasPrefix(" is in slow mode: you may speak again in ")
    }

    /// Whether it says which name one has now.
    public static func saysName(_ line: String) -> Bool { line.hasPrefix("* your name is `") }

    /// The room that it says one has entered.
    public static func roomEntered(_ line: String) -> RoomName? {
        let start = "* you are in "
        guard line.hasPrefix(start), let end = line.firstIndex(of: ",") else { return nil }
        return try? RoomName(String(line[..<end].dropFirst(start.count)))
    }
}

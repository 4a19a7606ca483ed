import ArgumentParser
import ChatCore
import ChatStore
import Glibc

/// Writes out the history.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the history to standard output, while the server runs or not.",
        discussion: """
            As jsonl it has all that 'conclaved import' needs, the addresses of those who are banned included, so mind \
            who reads it. What has been forgotten is in neither form.
            """
    )

    @OptionGroup
    var data: DataOption

    @Option(help: ArgumentHelp("Of this room only.", valueName: "room"), transform: room(of:))
    var room: RoomName?

    @Option(
        help: ArgumentHelp(
            "Nothing older: a day such as 2026-11-01, a time such as 2026-11-01T10:30:00Z, or a period such as 30d or 12h.",
            valueName: "time"
        ),
        transform: time(of:)
    )
    var since: Timestamp?

    @Option(
        help: ArgumentHelp(
            "A JSON object a line, or lines for people: jsonl or text. (default: jsonl)",
            valueName: "format"
        ),
        transform: format(of:)
    )
    var format = HistoryExport.Format.jsonl

    func run() throws {
        try HistoryExport(format, room: room, since: since).run(on: data.directory, to: Self.write)
    }

    /// A disk that is full must not look like success.
    private static func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw StoreError.unusable(path: "standard output", reason: String(cString: strerror(errno)))
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func format(of text: String) throws -> HistoryExport.Format {
        guard let format = HistoryExport.Format(rawValue: text) else {
            throw ValidationError("'\(text)' is no format; there are jsonl and text")
        }
        return format
    }

    private static func room(of text: String) throws -> RoomName {
        guard let room = try? RoomName(text) else { throw ValidationError("'\(text)' cannot be the name of a room") }
        return room
    }

    private static func time(of text: String) throws -> Timestamp {
        let now = Timestamp(milliseconds: System.now * 1000)
        guard let time = SinceTime.parse(text, now: now) else {
            throw ValidationError("'\(text)' is no time; there are 2026-11-01, 2026-11-01T10:30:00Z and 30d")
        }
        return time
    }
}

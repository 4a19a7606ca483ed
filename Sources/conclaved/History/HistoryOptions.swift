import ArgumentParser
import ChatCore
import ChatServer
import ChatStore

/// What is kept of what is said, where, and for how long.
struct HistoryOptions: ParsableArguments {
    @OptionGroup
    var place: DataOption

    @Flag(help: "Keep nothing on disk: what was said ends with the server.")
    var noHistory = false

    @Option(
        help: ArgumentHelp(
            "What history outlives: process, the end of the server, however it comes; or power, a loss of power as well, "
                + "for which each commit waits for the disk. (default: process)",
            valueName: "process|power"
        ),
        transform: durability(of:)
    )
    var durability = Durability.process

    @Option(
        help: ArgumentHelp(
            "How many lines of each room are kept, those about who comes and goes included, as in 100000, or for how long, "
                + "as in 30d; may be given once each. "
                + "With --no-history, how many messages stay in memory. (default: any number, for ever; in memory "
                + "\(RecentEvents.Limits().messages))",
            valueName: "n|days"
        ),
        transform: KeepLimit.init(text:)
    )
    var keep: [KeepLimit] = []

    @Option(
        help: ArgumentHelp(
            "How much is kept of all rooms together, as in 500MiB; the oldest goes first. 0: any amount. (default: "
                + "\(ByteSize(bytes: KeepPolicy().bytes ?? 0)))",
            valueName: "size"
        ),
        transform: ByteSize.init(text:)
    )
    var keepBytes = ByteSize(bytes: KeepPolicy().bytes ?? 0)

    func validate() throws {
        guard keep.compactMap(\.lines).count <= 1, keep.compactMap(\.days).count <= 1 else {
            throw ValidationError("--keep takes a number of lines and a number of days, once each")
        }
        guard !noHistory || place.data == nil else {
            throw ValidationError("--data and --no-history do not go together")
        }
        guard noHistory || keep.allSatisfy({ $0.lines != 0 }) else {
            throw ValidationError("--keep 0 keeps nothing: give --no-history as well")
        }
        guard !noHistory || keep.allSatisfy({ $0.days == nil }) else {
            throw ValidationError("with --no-history, --keep takes a number of messages")
        }
    }

    /// Opens the history, unless there is to be none.
    func apply(to configuration: inout ServerConfiguration) throws {
        let lines = keep.compactMap(\.lines).first
        guard !noHistory else {
            if let lines { configuration.limits.recent.messages = lines }
            return
        }
        let clock = configuration.clock
        let policy = KeepPolicy(
            events: lines,
            days: keep.compactMap(\.days).first,
            bytes: keepBytes.bytes > 0 ? keepBytes.bytes : nil
        )
        let options = StoreOptions(directory: try place.directory.path, durability: durability, keep: policy) {
            clock.now()
        }
        let store = try HistoryStore.open(options)
        configuration.history = (store, try store.saved(at: clock.now()))
    }

    private static func durability(of text: String) throws -> Durability {
        guard let durability = Durability(rawValue: text) else {
            throw ValidationError("'\(text)' is not a durability; there are process and power")
        }
        return durability
    }
}

/// A number of lines, or a number of days.
struct KeepLimit {
    var lines: Int?
    var days: Int?

    init(text: String) throws {
        if text.hasSuffix("d"), let days = Int(text.dropLast()), (1...36_500).contains(days) {
            self.days = days
        } else if let lines = Int(text), (0...1_000_000_000).contains(lines) {
            self.lines = lines
        } else {
            throw ValidationError("'\(text)' is neither a number of lines, such as 100000, nor of days, such as 30d")
        }
    }
}

/// `500MiB`, `4GiB`, or a number of bytes.
struct ByteSize: CustomStringConvertible {
    let bytes: Int

    private static let units = ["KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40]

    init(bytes: Int) {
        self.bytes = bytes
    }

    init(text: String) throws {
        let (unit, factor) = Self.units.first { text.hasSuffix($0.key) } ?? ("", 1)
        guard let number = Int(text.dropLast(unit.count)), number >= 0 else {
            throw ValidationError("'\(text)' is no size, such as 500MiB or 4GiB")
        }
        let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: factor)
        guard !isTooLarge, bytes == 0 || bytes >= 1 << 20 else {
            throw ValidationError("'\(text)' is out of range: 1MiB is the least, and 0 means any amount")
        }
        self.bytes = bytes
    }

    var description: String {
        for (unit, factor) in Self.units.sorted(by: { $0.value > $1.value }) where bytes > 0 && bytes % factor == 0 {
            return "\(bytes / factor)\(unit)"
        }
        return "\(bytes)"
    }
}

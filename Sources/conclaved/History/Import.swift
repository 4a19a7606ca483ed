import ArgumentParser
import ChatStore

/// Puts an export into a history.
struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put what 'conclaved export' wrote into a history, all of it or nothing.",
        discussion: """
            The server must not run meanwhile, and there must be no room of the same name yet. The data directory is \
            made if it is missing.
            """
    )

    @OptionGroup
    var data: DataOption

    @Argument(help: ArgumentHelp("The export, as jsonl. (default: standard input)", valueName: "file"))
    var file: String?

    func run() throws {
        var lines = try LineInput(file)
        defer { lines.close() }
        let report = try HistoryImport(into: data.directory).run { try lines.next() }
        print(
            "imported \(report.rooms) rooms, \(report.events) events, \(report.sanctions) bans and mutes, "
                + "\(report.accounts) accounts"
        )
    }
}

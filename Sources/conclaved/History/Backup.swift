import ArgumentParser
import ChatStore

/// Copies the history.
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the history, while the server runs or not.",
        discussion: """
            To go back to it, put the copy into an empty data directory as history.sqlite before the server starts.
            """
    )

    @Argument(help: ArgumentHelp("The server's data directory.", valueName: "directory"))
    var directory: String

    @Argument(help: ArgumentHelp("The file to make; there must be nothing yet.", valueName: "to"))
    var target: String

    func run() throws {
        try HistoryBackup(of: DataDirectory(directory)).run(to: target)
    }
}

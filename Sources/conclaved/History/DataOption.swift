import ArgumentParser
import ChatStore

/// Where the history is that a subcommand is about.
struct DataOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The server's data directory. (default: $XDG_STATE_HOME/conclaved, or else ~/.local/state/conclaved)",
            valueName: "directory"
        )
    )
    var data: String?

    var directory: DataDirectory {
        get throws {
            if let data { return DataDirectory(data) }
            guard let standard = DataDirectory.standard else {
                throw ValidationError("there is no HOME to find the data directory in; give it with --data")
            }
            return standard
        }
    }
}

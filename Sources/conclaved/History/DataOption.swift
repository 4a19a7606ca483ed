import ArgumentParser
import ChatStore

/// Where the history is.
struct DataOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where all that is said is kept; the server makes it if it is missing. (default: $XDG_STATE_HOME/conclaved, or "
                + "else ~/.local/state/conclaved)",
            valueName: "directory"
        )
    )
    var data: String?

    var directory: DataDirectory {
        get throws {
            if let data { return DataDirectory(data) }
            guard let standard = DataDirectory.standard else {
                throw ValidationError(
                    "there is no HOME to find the data directory in; give it with --data, or the server --no-history"
                )
            }
            return standard
        }
    }
}

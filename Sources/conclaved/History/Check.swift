import ArgumentParser
import ChatStore

/// Looks whether the history is as it should be.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look whether the history is as it should be, while the server runs or not.",
        discussion: "Prints a line for each thing that is wrong, and exits with 1 if there was one."
    )

    @OptionGroup
    var data: DataOption

    func run() throws {
        let findings = try HistoryCheck(of: data.directory).run()
        guard !findings.isEmpty else {
            print("all is well")
            return
        }
        findings.forEach { print($0) }
        throw ExitCode.failure
    }
}

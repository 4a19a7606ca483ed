import ArgumentParser
import ChatClient
import ChatCore
import ChatTerminal

/// How a chat looks and sounds.
struct LookOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Colours.", valueName: "auto|always|never"),
        transform: { try Reading.choice(of: $0) }
    )
    var color: ColorDepth.Wish?

    @Option(
        help: ArgumentHelp("The time before each line.", valueName: "clock|relative|off"),
        transform: { try Reading.choice(of: $0) }
    )
    var time: Look.Time?

    @Flag(help: "Do not ring the bell when somebody calls you.")
    var noBell = false

    @Flag(help: "Show nothing of who enters, leaves and is renamed.")
    var quiet = false

    @Flag(help: "One line for each event, in words, without escape sequences: for screen readers.")
    var plain = false

    @Option(
        help: ArgumentHelp("Have the terminal show on the desktop who calls you.", valueName: "osc9|osc777"),
        transform: { try Reading.choice(of: $0) }
    )
    var notify: DesktopNotification?

    /// With what the user's file says.
    func filled(from configuration: Configuration) -> LookOptions {
        var options = self
        options.color = color ?? configuration.color
        options.time = time ?? configuration.time
        options.noBell = noBell || configuration.noBell ?? false
        options.quiet = quiet || configuration.quiet ?? false
        options.plain = plain || configuration.plain ?? false
        options.notify = notify ?? configuration.notify
        return options
    }

    /// For a screen of so many columns.
    /// - Parameter otherwise: what stands before each line if nothing is said of it.
    func look(columns: Int, _ texts: Texts, otherwise: Look.Time = .clock) -> Look {
        var look = Look(
            width: max(1, columns - 1),
            texts: texts,
            time: time ?? otherwise,
            utcOffset: LocalTime.utcOffset(at:)
        )
        look.isQuiet = quiet
        return look
    }
}

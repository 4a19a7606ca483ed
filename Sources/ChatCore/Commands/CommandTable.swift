/// All commands there are.
public enum CommandTable {
    public static let all: [CommandSpec] = speech + names + rooms + view + moderation + server

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// - Parameter name: without the slash; upper and lower case are the same.
    public static subscript(name: String) -> CommandSpec? {
        byName[name] ?? byName[name.lowercased()]
    }

    /// Reads a command line, without its slash.
    public static func read(
        _ line: Substring.UnicodeScalarView
    ) throws(CommandProblem) -> (spec: CommandSpec, request: Request) {
        let name = line.prefix { $0 != " " }
        guard let spec = Self[String(name)] else { throw unknown(String(name)) }
        return (spec, try spec.read(Arguments(line.dropFirst(name.count))))
    }

    static func section(_ subject: CommandSpec.Subject, _ specs: [CommandSpec]) -> [CommandSpec] {
        specs.map { spec in
            var spec = spec
            spec.subject = subject
            return spec
        }
    }
}

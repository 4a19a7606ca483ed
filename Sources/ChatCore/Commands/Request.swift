/// What a line that begins with a slash asks for.
public enum Request: Sendable, Equatable {
    /// The rooms decide.
    case act(Action)
    /// The right to moderate everything, for who knows an operator's password.
    case becomeOperator(account: String, password: String)
    case quit
}

/// What is no business of the rooms, but keeps its place in the order of what a member asks for.
public enum Aside: Sendable, Equatable {
    /// What it is shown changes.
    case show(ViewChange)
    /// About one command, or all.
    case help(CommandSpec?)
    /// Its command was not understood.
    case problem(CommandProblem)
    /// Its line was over the limit.
    case tooLong
}

/// What a member wants to see of a room.
public enum ViewChange: Sendable, Equatable {
    /// No lines about who enters, leaves and is renamed.
    case quiet(Bool)
    /// Its own lines too.
    case echo(Bool)
    /// The time before each line.
    case time(Bool)
}

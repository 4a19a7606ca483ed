/// One comparison of the table: the same kind of load on a reference and on conclaved.
struct Row: Equatable, Sendable {
    enum Server: Equatable, Hashable, Sendable {
        /// The floor; lone means a record for each line.
        case floor(isLone: Bool)
        /// `keeps`: its history on disk, as by default.
        case conclaved(threads: Int, keeps: Bool = true)
    }

    /// A load, and the server that it drives.
    struct Run: Equatable, Hashable, Sendable {
        var server: Server
        /// For `conclave-bench load`, without the time that a run takes.
        var load: [String]
    }

    struct Question: Equatable, Sendable {
        var metric: Metric
        /// Without one the number is only shown.
        var target: Target?
    }

    /// One letter, for `--only`.
    let name: String
    let title: String
    /// What the column of the reference means here, if it is not the floor.
    let referenceTitle: String?
    /// Nil where conclaved is held against a number alone.
    let reference: Run?
    let candidate: Run
    /// No more rounds than that: of loads that take long and vary little.
    let mostRounds: Int
    let questions: [Question]

    /// A load on the floor and on conclaved.
    init(
        _ name: String,
        _ title: String,
        _ load: [String],
        isLone: Bool = false,
        _ questions: [(Metric, Target?)]
    ) {
        self.name = name
        self.title = title
        referenceTitle = nil
        reference = Run(server: .floor(isLone: isLone), load: load)
        candidate = Run(server: .conclaved(threads: 1), load: load)
        mostRounds = .max
        self.questions = questions.map { Question(metric: $0, target: $1) }
    }

    /// Two runs of conclaved, or one alone.
    init(
        _ name: String,
        _ title: String,
        against reference: (title: String, run: Run)?,
        _ candidate: Run,
        mostRounds: Int = .max,
        _ questions: [(Metric, Target?)]
    ) {
        self.name = name
        self.title = title
        referenceTitle = reference?.title ?? "nothing"
        self.reference = reference?.run
        self.candidate = candidate
        self.mostRounds = mostRounds
        self.questions = questions.map { Question(metric: $0, target: $1) }
    }
}

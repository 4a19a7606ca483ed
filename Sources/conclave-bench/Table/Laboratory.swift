import FoundationEssentials

/// Runs one load against one server, both as programs of their own.
struct Laboratory {
    /// This program, which is load and floor.
    let bench: String
    let conclaved: String
    let certificateFile: String
    let keyFile: String
    /// How long a load that talks is measured.
    let seconds: Double
    /// Where the server runs and where the load does; nil where there is one processor only.
    let processors: (server: Int, load: Int)?

    /// - Throws: ``BenchError/program(_:problem:)``
    func measure(_ run: Row.Run) throws -> LoadReport {
        let history = try Scratch()
        defer { history.remove() }
        let server = try start(run.server, history)
        defer { server.end() }
        guard let address = server.line()?.split(separator: " ").last else {
            throw BenchError.program("the server", problem: "has ended before it listened, see above")
        }
        let arguments = ["load", "--json", "--connect", String(address), "--pid", String(server.id)]
        let load = try Child(bench, arguments + run.load + time(of: run), processor: processors?.load)
        return try JSONDecoder().decode(LoadReport.self, from: Data(load.finish().utf8))
    }

    private func start(_ server: Row.Server, _ history: Scratch) throws -> Child {
        let common = ["--cert", certificateFile, "--key", keyFile, "--listen", "127.0.0.1:0"]
        switch server {
        case .floor(let isLone):
            let arguments = ["floor"] + common + (isLone ? ["--lone"] : [])
            return try Child(bench, arguments, processor: processors?.server)
        case .conclaved(let threads, let keeps):
            let kept = keeps ? ["--data", history.path] : ["--no-history"]
            let others = ["--threads", String(threads), "--log-level", "error", "--message-rate", "0"]
            return try Child(conclaved, common + kept + others, processor: processors?.server)
        }
    }

    private func time(of run: Row.Run) -> [String] {
        let isTimeless = run.load.contains { ["--idle", "--visits", "--messages"].contains($0) }
        return isTimeless ? [] : ["--warmup", "0.5", "--duration", String(seconds)]
    }
}

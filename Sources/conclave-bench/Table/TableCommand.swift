import ArgumentParser
import CommandKit
import Glibc

/// `conclave-bench table`
///
/// It is not asynchronous, and so runs on the main thread; see ``Child``.
struct TableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Run the standard loads, and say which targets are met.",
        discussion: """
            Each load is run in turn against the floor and against conclaved, or against conclaved twice, in programs of \
            their own: the server on the first processor that this one may use, the load on the second. Rows:

            \(StandardTable.rows.map { "  \($0.name)  \($0.title)" }.joined(separator: "\n"))

            The exit status is 0 whether or not all targets are met. Leave the machine alone meanwhile.
            """
    )

    @Option(
        help: ArgumentHelp("The server to measure. (default: the conclaved beside this program)", valueName: "path")
    )
    var server: String?

    @Option(help: ArgumentHelp("The certificate that the servers use, as PEM.", valueName: "file"))
    var cert: String

    @Option(help: ArgumentHelp("The private key of the certificate, as PEM.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("How often each load is run; the median counts.", valueName: "n"))
    var rounds = 3

    @Option(help: ArgumentHelp("How long each load is measured.", valueName: "seconds"))
    var seconds = 2.0

    @Option(help: ArgumentHelp("Only these rows, as in a,c.", valueName: "rows"))
    var only: String?

    @Option(help: ArgumentHelp("Write the table into this file too, as JSON.", valueName: "file"))
    var json: String?

    func validate() throws {
        guard (1...100).contains(rounds) else { throw ValidationError("--rounds takes a number from 1 to 100") }
        guard seconds >= 0.1, seconds <= 600 else { throw ValidationError("--seconds takes a number from 0.1 to 600") }
        _ = try rows()
    }

    func run() throws {
        guard let bench = OwnPath.get(), let directory = bench.lastIndex(of: "/") else {
            throw BenchError.last("/proc/self/exe")
        }
        let machine = Machine.this
        let processors = machine.processors.count > 1 ? (machine.processors[0], machine.processors[1]) : nil
        let laboratory = Laboratory(
            bench: bench,
            conclaved: server ?? "\(bench[...directory])conclaved",
            certificateFile: cert,
            keyFile: key,
            seconds: seconds,
            processors: processors
        )
        let run = TableRun(rows: try rows(), rounds: rounds, measure: laboratory.measure) {
            ConclaveBench.complain($0)
        }
        let report = TableReport(
            lines: try run.run(),
            rounds: rounds,
            pinning: processors.map { "server on processor \($0.0), load on processor \($0.1)" },
            machine: machine
        )
        print(report.text)
        if let json { try TextFile.write(JSONText.of(report) + "\n", to: json) }
    }

    private func rows() throws -> [Row] {
        guard let only else { return StandardTable.rows }
        let names = only.split(separator: ",").map(String.init)
        let known = StandardTable.rows.map(\.name)
        if let unknown = names.first(where: { !known.contains($0) }) ?? (names.isEmpty ? only : nil) {
            throw ValidationError("there is no row '\(unknown)'; there are \(known.joined(separator: ","))")
        }
        return StandardTable.rows.filter { names.contains($0.name) }
    }
}

enum OwnPath {
    /// Where this program is; nil if the system does not say.
    static func get() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }
}

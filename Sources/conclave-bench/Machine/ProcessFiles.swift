import Glibc

/// What Linux tells of a process under `/proc` (proc(5)).
struct ProcessFiles {
    private let directory: String

    init(_ id: pid_t) {
        directory = "/proc/\(id)"
    }

    /// CPU time of all threads that live, in seconds: to the nanosecond from `schedstat`, or to the tick from `stat`
    /// where the kernel has no scheduler statistics.
    var runTime: Double? { scheduledTime ?? tickedTime }

    /// `VmRSS` in KiB.
    var residentKiB: Int? {
        guard let status = TextFile.read("\(directory)/status") else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(separator: " ").dropLast().last.flatMap { Int($0.drop { !$0.isNumber }) }
    }

    private var scheduledTime: Double? {
        guard let tasks = opendir("\(directory)/task") else { return nil }
        defer { closedir(tasks) }
        var total: UInt64?
        while let entry = readdir(tasks) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.first?.isNumber == true, let text = TextFile.read("\(directory)/task/\(name)/schedstat"),
                let time = text.split(separator: " ").first.flatMap({ UInt64($0) })
            else { continue }
            total = (total ?? 0) + time
        }
        return total.map { Double($0) / 1e9 }
    }

    private var tickedTime: Double? {
        // The second field is a name in parentheses with anything in it, so count from its end.
        guard let stat = TextFile.read("\(directory)/stat"), let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[end...].split(separator: " ").dropFirst()
        let times = fields.dropFirst(11).prefix(2).compactMap { Double($0) }
        return times.count == 2 ? times.reduce(0, +) / Double(sysconf(Int32(_SC_CLK_TCK))) : nil
    }
}

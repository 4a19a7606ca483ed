import Glibc
import TLS

/// Where something was measured.
struct Machine: Codable, Equatable, Sendable {
    var processor = "unknown processor"
    /// Those that this process may use.
    var processors: [Int] = []
    var kernel = ""
    var libssl = OpenSSL.version
    /// When: UTC, to the minute.
    var date = ""

    /// This one, now.
    static var this: Machine {
        var machine = Machine()
        let model = TextFile.read("/proc/cpuinfo")?.split(separator: "\n").first { $0.hasPrefix("model name") }
        if let name = model?.split(separator: ":").last { machine.processor = String(name.drop { $0 == " " }) }
        machine.processors = allowedProcessors
        let release = TextFile.read("/proc/sys/kernel/osrelease") ?? "unknown"
        machine.kernel = String(release.prefix { !$0.isNewline })
        machine.date = minute
        return machine
    }

    var text: String {
        "\(processor), \(processors.count) processors; Linux \(kernel); \(libssl); \(date)"
    }

    /// "0-2,5" means 0, 1, 2 and 5.
    static func processors(in list: String) -> [Int] {
        list.split(separator: ",").flatMap { range -> [Int] in
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { return [] }
            return Array(first...last)
        }
    }

    private static var allowedProcessors: [Int] {
        let line = TextFile.read("/proc/self/status")?.split(separator: "\n").first {
            $0.hasPrefix("Cpus_allowed_list:")
        }
        return line?.split(separator: "\t").last.map { processors(in: String($0)) } ?? []
    }

    private static var minute: String {
        var (now, parts) = (time(nil), tm())
        gmtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y-%m-%d %H:%MZ", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

import ChatCore

/// Puts the text of `known_hosts` together, however it is cut.
struct KnownHostsReader {
    private var hosts = KnownHosts()
    private var line: [UInt8] = []
    /// Of the line that is being read.
    private var number = 1
    private var numbers: [HostPort: Int] = [:]
    private var count = 0

    mutating func feed(_ bytes: some Sequence<UInt8>) throws(KnownHostsProblem) {
        for byte in bytes { try feed(byte) }
    }

    mutating func feed(_ byte: UInt8) throws(KnownHostsProblem) {
        count += 1
        guard count <= KnownHosts.limit else { throw problem(.tooMuch) }
        guard byte == UInt8(ascii: "\n") else {
            guard line.count < KnownHosts.lineLimit else { throw problem(.tooLong) }
            return line.append(byte)
        }
        try end()
    }

    /// A last line without its end is one too.
    consuming func finish() throws(KnownHostsProblem) -> KnownHosts {
        if !line.isEmpty { try end() }
        return hosts
    }

    private mutating func end() throws(KnownHostsProblem) {
        guard let text = String(validating: line, as: UTF8.self) else { throw problem(.notUTF8) }
        let known = try read(text)
        if let known, let other = numbers.updateValue(number, forKey: known.host) {
            throw problem(.again(known.host, line: other))
        }
        hosts.append(known, text)
        line.removeAll(keepingCapacity: true)
        number += 1
    }

    /// - Returns: nil for an empty line, or a comment.
    private func read(_ text: String) throws(KnownHostsProblem) -> KnownHost? {
        guard let first = text.first(where: { $0 != " " && $0 != "\t" && $0 != "\r" }), first != "#" else { return nil }
        do throws(KnownHostsProblem.Reason) {
            return try KnownHost(line: text)
        } catch {
            throw problem(error)
        }
    }

    private func problem(_ reason: KnownHostsProblem.Reason) -> KnownHostsProblem {
        KnownHostsProblem(line: number, reason)
    }
}

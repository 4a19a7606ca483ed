extension LoadReport {
    /// The report as JSON, with its keys in alphabetical order.
    func json() throws -> String { try JSONText.of(self) }

    /// The report for people: a line for each phase.
    var text: String {
        var lines: [String] = []
        if let connect {
            lines.append(
                "connect  \(connect.clients) clients, \(connect.failed) failed, \(Decimals.of(connect.seconds, 3)) s, "
                    + "\(Decimals.of(connect.handshakesPerSecond, 0)) handshakes/s, "
                    + "server \(Decimals.of(connect.serverMicrosecondsPerHandshake, 0)) us CPU per handshake"
            )
        }
        if let idle { lines.append("idle     \(Self.text(of: idle))") }
        if let talk { lines += Self.lines(of: talk) }
        if let visits {
            lines.append(
                "visits   \(visits.visits) visits, \(visits.failed) failed, \(Decimals.of(visits.seconds, 3)) s, "
                    + "\(Decimals.of(visits.visitsPerSecond, 0)) visits/s, "
                    + "server \(Decimals.of(visits.serverMicrosecondsPerVisit, 0)) us CPU per visit"
            )
        }
        lines.append(
            "faults   \(faults.lost) lost, \(faults.outOfOrder) out of order, \(faults.doubled) doubled, "
                + "\(faults.missedNotices) missed notices, \(faults.connectionsLost) connections lost"
        )
        if let left { lines.append("left     \(Self.text(of: left))") }
        if isServerInProcess { lines.append("note     the server ran in this process: memory is that of both") }
        return lines.joined(separator: "\n")
    }

    private static func text(of memory: Memory) -> String {
        let resident = memory.serverResidentKiB.map(String.init) ?? "?"
        return "server \(resident) KiB resident, \(Decimals.of(memory.kibPerConnection, 1)) KiB per connection"
    }

    private static func lines(of talk: Talk) -> [String] {
        let latency = talk.latency
        return [
            "talk     sent \(Decimals.of(talk.sentPerSecond, 0))/s, "
                + "delivered \(Decimals.of(talk.deliveriesPerSecond, 0))/s "
                + "(\(Decimals.of(talk.bytesPerSecond / 1e6, 1)) MB/s), \(talk.delivered) in \(Decimals.of(talk.seconds, 3)) s",
            "         latency in us: p50 \(Decimals.of(latency.p50, 0)), p99 \(Decimals.of(latency.p99, 0)), "
                + "p99.9 \(Decimals.of(latency.p999, 0)), max \(Decimals.of(latency.max, 0))",
            "         server \(Decimals.of(talk.serverMicrosecondsPerDelivery, 3)) us CPU per delivery, "
                + "\(Decimals.of(talk.serverCores, 2)) cores, \(talk.serverResidentKiB.map(String.init) ?? "?") KiB resident; "
                + "load \(Decimals.of(talk.loadCores, 2)) cores",
        ]
    }
}

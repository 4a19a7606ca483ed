/// The loads that every release is measured with, and what is expected of it.
enum StandardTable {
    /// Rows share runs that are equal, so those that do stand together.
    static let rows: [Row] = [
        Row("a", "100 members, 1 sender", alone, throughput),
        Row("b", "100 members, 10 senders", small, throughput),
        Row(
            "t",
            "as b, two threads",
            against: ("one thread", Row.Run(server: .conclaved(threads: 1), load: small)),
            Row.Run(server: .conclaved(threads: 2), load: small),
            [(.processorPerDelivery, .ratioAtMost(1.15)), (.deliveriesPerSecond, nil)]
        ),
        Row(
            "k",
            "as b, what is said kept on disk",
            against: ("kept in memory", Row.Run(server: .conclaved(threads: 1, keeps: false), load: small)),
            Row.Run(server: .conclaved(threads: 1), load: small),
            [(.processorPerDelivery, .ratioAtMost(1.3)), (.deliveriesPerSecond, nil)]
        ),
        Row("c", "1000 members, 10 senders", large, throughput),
        Row(
            "z",
            "as c, and one who never reads",
            against: ("as c", Row.Run(server: .conclaved(threads: 1), load: large)),
            Row.Run(server: .conclaved(threads: 1), load: large + ["--stopped", "1"]),
            [(.deliveriesPerSecond, .ratioAtLeast(0.95)), (.lateLatency, .ratioAtMost(1.05))]
        ),
        Row("e", "100 members, 10 senders, 1024 bytes", small + ["--size", "1024"], throughput),
        Row(
            "d",
            "1000 members, 50 messages/s",
            large + ["--rate", "50"],
            isLone: true,
            [
                (.processorPerDelivery, .ratioAtMost(1.05)),
                (.medianLatency, .ratioAtMost(1)),
                (.lateLatency, .ratioAtMost(1)),
            ]
        ),
        Row(
            "l",
            "100 members, 50 messages/s, kept on disk",
            against: ("kept in memory", Row.Run(server: .conclaved(threads: 1, keeps: false), load: slow)),
            Row.Run(server: .conclaved(threads: 1), load: slow),
            [(.medianLatency, nil), (.lateLatency, nil), (.processorPerDelivery, nil)]
        ),
        Row("h", "500 visits, one at a time", ["--visits", "500"], [(.processorPerVisit, .ratioAtMost(1.15))]),
        Row(
            "s",
            "1000 enter, 64 at a time",
            ["--clients", "1000", "--in-flight", "64", "--idle"],
            [(.processorPerHandshake, .ratioAtMost(1.3))]
        ),
        Row(
            "x",
            "10000 members, 10 senders",
            against: ("100 members", Row.Run(server: .conclaved(threads: 1), load: small)),
            Row.Run(server: .conclaved(threads: 1), load: huge),
            mostRounds: 1,
            [(.processorPerDelivery, .ratioAtMost(1.2))]
        ),
        // The same run as x makes, looked at before and after the talking.
        Row(
            "i",
            "10000 members, idle",
            against: nil,
            Row.Run(server: .conclaved(threads: 1), load: huge),
            mostRounds: 1,
            [(.memoryPerConnection, .atMost(20)), (.memoryLeft, nil)]
        ),
    ]

    private static let alone = ["--clients", "100", "--senders", "1"]
    private static let small = ["--clients", "100", "--senders", "10"]
    private static let slow = small + ["--rate", "50"]
    private static let large = ["--clients", "1000", "--senders", "10"]
    /// A number of messages, because two seconds are too few to get into step.
    private static let huge = ["--clients", "10000", "--senders", "10", "--messages", "300"]

    private static let throughput: [(Metric, Target?)] = [
        (.deliveriesPerSecond, .ratioAtLeast(0.85)), (.processorPerDelivery, .ratioAtMost(1.2)),
    ]
}

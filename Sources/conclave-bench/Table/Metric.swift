/// A number of a load's report that the table looks at.
enum Metric: String, Codable, Sendable, CaseIterable {
    case deliveriesPerSecond = "deliveries/s"
    case processorPerDelivery = "CPU us per delivery"
    case processorPerHandshake = "CPU us per handshake"
    case processorPerVisit = "CPU us per visit"
    case medianLatency = "latency p50, us"
    case lateLatency = "latency p99, us"
    case memoryPerConnection = "KiB per connection"
    case memoryLeft = "KiB left per connection"

    /// - Returns: nil if the load has not measured it.
    func value(in report: LoadReport) -> Double? {
        switch self {
        case .deliveriesPerSecond: report.talk?.deliveriesPerSecond
        case .processorPerDelivery: report.talk?.serverMicrosecondsPerDelivery
        case .processorPerHandshake: report.connect?.serverMicrosecondsPerHandshake
        case .processorPerVisit: report.visits?.serverMicrosecondsPerVisit
        case .medianLatency: report.talk?.latency.p50
        case .lateLatency: report.talk?.latency.p99
        case .memoryPerConnection: report.idle?.kibPerConnection
        case .memoryLeft: report.left?.kibPerConnection
        }
    }

    /// How many digits after the point mean something.
    var digits: Int {
        switch self {
        case .processorPerDelivery: 3
        case .memoryPerConnection, .memoryLeft: 1
        default: 0
        }
    }
}

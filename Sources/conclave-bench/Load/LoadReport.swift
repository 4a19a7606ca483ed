/// What a load has measured. What cannot be known, as the server's memory without its process, is nil; a phase that did
/// not take place too.
struct LoadReport: Codable, Equatable, Sendable {
    struct Connect: Codable, Equatable, Sendable {
        var clients = 0
        var failed = 0
        var seconds = 0.0
        var handshakesPerSecond = 0.0
        var serverMicrosecondsPerHandshake: Double?
    }

    struct Memory: Codable, Equatable, Sendable {
        var serverResidentKiB: Int?
        /// What it holds more than before the first connection, for each connection.
        var kibPerConnection: Double?
    }

    struct Talk: Codable, Equatable, Sendable {
        var seconds = 0.0
        var sent = 0
        var delivered = 0
        var sentPerSecond = 0.0
        var deliveriesPerSecond = 0.0
        /// Of plaintext that all clients got.
        var bytesPerSecond = 0.0
        var latency = Latency()
        var serverMicrosecondsPerDelivery: Double?
        var serverCores: Double?
        var loadCores = 0.0
        var serverResidentKiB: Int?
    }

    /// From the moment a message is handed to TLS, or was due in an open loop, until a receiver reads it: microseconds.
    struct Latency: Codable, Equatable, Sendable {
        var p50 = 0.0
        var p99 = 0.0
        var p999 = 0.0
        var max = 0.0
    }

    struct Visits: Codable, Equatable, Sendable {
        var visits = 0
        var failed = 0
        var seconds = 0.0
        var visitsPerSecond = 0.0
        var serverMicrosecondsPerVisit: Double?
    }

    struct Faults: Codable, Equatable, Sendable {
        /// Deliveries that never came.
        var lost = 0
        var outOfOrder = 0
        var doubled = 0
        /// Lines in which the server says that it has left out some.
        var missedNotices = 0
        var connectionsLost = 0
    }

    var connect: Connect?
    var idle: Memory?
    var talk: Talk?
    var visits: Visits?
    var faults = Faults()
    /// When all clients are gone; per connection that there was.
    var left: Memory?
    /// The server ran in this process: its memory is that of server and load together.
    var isServerInProcess = false
}

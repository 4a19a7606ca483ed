internal import ChatCore
public import ChatWire
public import TLS

/// The places at which clients reach a server, as far as the server can know them.
public struct ServerNames: Sendable {
    /// Each once, the best first. None has a room or a pin.
    public let places: [JoinLink]

    /// How many places there can be: what is said of each goes to every newcomer.
    public static let most = 16

    /// - Parameters:
    ///   - given: what the administrator says, which then is all.
    ///   - certificates: whose names count, if nothing is given: all of them at all ports.
    ///   - listening: where the server listens. These places count too, if nothing is given, unless they stand for all
    ///     addresses of the machine.
    public init(given: [ServerHost], certificates: [TLSCertificate], listening: [ListenAddress]) {
        var ports: [Int] = []
        for address in listening where !ports.contains(address.port) { ports.append(address.port) }
        if ports.isEmpty { ports = [JoinLink.defaultPort] }
        var hosts: [(host: String, port: Int)] = []
        if given.isEmpty {
            let names = Self.names(of: certificates, forThisMachineFirst: Self.areOnThisMachine(listening))
            hosts += ports.flatMap { port in names.map { ($0, port) } }
            hosts += listening.filter { !["0.0.0.0", "::"].contains($0.host) }.map { ($0.host, $0.port) }
        } else {
            hosts += given.flatMap { given in (given.port.map { [$0] } ?? ports).map { (given.host, $0) } }
        }
        var places: [JoinLink] = []
        for (host, port) in hosts where places.count < Self.most {
            // What no client could connect to, such as a name with a wildcard, is no place.
            if let place = try? JoinLink(host: host, port: port), !places.contains(place) { places.append(place) }
        }
        self.places = places
    }

    /// Names before addresses, and those of this machine before all others or after them.
    private static func names(of certificates: [TLSCertificate], forThisMachineFirst: Bool) -> [String] {
        let names = certificates.flatMap(\.subjectAlternativeNames)
        let hosts = names.compactMap { name in if case .dns(let host) = name { host } else { nil } }
        let addresses = names.compactMap { name in if case .ip(let address) = name { address } else { nil } }
        let all = hosts + addresses
        let local = all.filter(isLocal)
        let others = all.filter { !isLocal($0) }
        return forThisMachineFirst ? local + others : others + local
    }

    private static func areOnThisMachine(_ listening: [ListenAddress]) -> Bool {
        !listening.isEmpty && listening.allSatisfy { isLocal($0.host) }
    }

    private static func isLocal(_ host: String) -> Bool {
        host.lowercased() == "localhost" || Address(host)?.isLoopback == true
    }
}

/// Why a server did not start.
public enum ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    case portInUse(ListenAddress)
    case mayNotListen(ListenAddress)
    /// The machine has no such address.
    case noSuchAddress(ListenAddress)
    case unknownHost(ListenAddress)
    case cannotListen(ListenAddress, String)

    public var description: String {
        switch self {
        case .portInUse(let address):
            "\(address) is in use; stop the program that listens there, or choose another port with --listen"
        case .mayNotListen(let address):
            "not permitted to listen on \(address); choose a port from 1024 up with --listen"
        case .noSuchAddress(let address):
            "this machine has no address \(address.host); choose one that it has with --listen"
        case .unknownHost(let address):
            "the host name \(address.host) is not known; give an address of this machine to --listen"
        case .cannotListen(let address, let reason):
            "cannot listen on \(address): \(reason)"
        }
    }
}

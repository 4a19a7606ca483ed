/// One client of a load.
final class LoadClient {
    enum Role: Equatable {
        /// Listens, and its number counts receivers from 0.
        case member(Int)
        /// Enters and then never reads.
        case stopped
    }

    /// Leaving is who has said goodbye, and waits for the server's.
    enum Phase: Equatable { case handshaking, inside, leaving, gone }

    let role: Role
    let link: Link
    var phase = Phase.handshaking
    var splitter = LineSplitter()
    /// Whether any plaintext has come.
    var hasHeard = false

    init(_ role: Role, _ link: Link) {
        self.role = role
        self.link = link
    }
}

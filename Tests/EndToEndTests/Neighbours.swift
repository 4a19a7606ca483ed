import Glibc
import TLS
import Testing

/// A TCP port of this machine, with somebody behind it who does not speak TLS.
///
/// It is taken as long as the object lives.
final class TCPListener {
    let port: Int
    private let descriptor: Int32

    /// - Parameters:
    ///   - listens: whether connections are not refused.
    ///   - answer: what the first who connects is told before the connection is closed; if it is nil, nobody is let in.
    init(listens: Bool = true, answering answer: String? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in.loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && (!listens || listen(descriptor, 8) == 0)
                    && getsockname(descriptor, $0, &size) == 0
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        try #require(isBound, "binding: \(String(cString: strerror(errno)))")
        if let answer {
            onOwnThread { [descriptor] in
                let connection = accept(descriptor, nil, nil)
                // What the other side says first has to be read, or closing would reset the connection.
                var greeting = [UInt8](repeating: 0, count: 4096)
                guard connection >= 0, read(connection, &greeting, greeting.count) > 0 else { return }
                _ = write(connection, answer, answer.utf8.count)
                close(connection)
            }
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))  // wakes the thread that waits in accept
        close(descriptor)
    }
}

/// A TCP connection that says something and then nothing more, until the object goes.
final class SilentConnection {
    private let descriptor: Int32

    init(port: Int, saying greeting: [UInt8] = []) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in.loopback(port: UInt16(port))
        let connected = withUnsafePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(connected, "connecting: \(String(cString: strerror(errno)))")
        try #require(write(descriptor, greeting, greeting.count) == greeting.count)
    }

    deinit { close(descriptor) }
}

/// `openssl s_server`, which takes certificates that conclaved does not.
struct ForeignServer {
    let program: Program
    let port: Int
}

extension Stage {
    func sServer(_ identity: TLSIdentity, _ more: [String] = []) async throws -> ForeignServer {
        let files = ["-cert", identity.certificateFile, "-key", identity.keyFile]
        let program = try start("openssl", ["s_server", "-accept", "127.0.0.1:0"] + files + more)
        let ready = await program.lines { $0.hasPrefix("ACCEPT ") }
        let port = try #require(ready.last?.split(separator: ":").last.flatMap { Int($0) }, "\(ready)")
        return ForeignServer(program: program, port: port)
    }
}

/// Whether this machine has [::1].
let hasIPv6: Bool = {
    let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_addr = in6addr_loopback
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
        }
    }
}()

extension sockaddr_in {
    fileprivate static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return address
    }
}

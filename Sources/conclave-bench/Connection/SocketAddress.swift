import ChatServer
import Glibc

/// An address as the system takes it.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Looks up a host, and takes the first of its addresses.
    init(_ address: ListenAddress) throws(BenchError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let result = getaddrinfo(address.host, "\(address.port)", &hints, &found)
        guard result == 0, let first = found?.pointee, let bytes = first.ai_addr else {
            throw .unknownHost(address.host, reason: String(cString: gai_strerror(result)))
        }
        defer { freeaddrinfo(found) }
        length = first.ai_addrlen
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: bytes, count: Int(first.ai_addrlen)))
        }
    }

    /// Where a socket is bound.
    init(boundTo socket: CInt) throws(BenchError) {
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket, $0, &length) }
        }
        guard result == 0 else { throw .last("getsockname") }
    }

    var family: Int32 { Int32(storage.ss_family) }

    var port: Int {
        // The port stands at the same place in both families.
        withUnsafeBytes(of: storage) { Int($0[2]) << 8 | Int($0[3]) }
    }

    func withPointer<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}

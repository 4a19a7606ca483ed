import ChatServer
import Glibc

/// TCP sockets that never block and that no child inherits. A small message leaves at once (TCP_NODELAY).
enum Socket {
    /// Begins to connect; the first read tells whether that came to nothing.
    /// - Parameter receiveBuffer: how many bytes the system is to hold for us, if it is not to choose.
    static func connecting(to address: SocketAddress, receiveBuffer: Int32? = nil) throws(BenchError) -> CInt {
        let socket = try make(address)
        if let receiveBuffer { set(socket, SOL_SOCKET, SO_RCVBUF, receiveBuffer) }
        let result = address.withPointer { connect(socket, $0, $1) }
        guard result == 0 || errno == EINPROGRESS else { throw close(socket, after: "connect") }
        return socket
    }

    /// Listens, with room for 4096 connections that wait to be accepted.
    static func listening(on address: SocketAddress) throws(BenchError) -> CInt {
        let socket = try make(address)
        set(socket, SOL_SOCKET, SO_REUSEADDR, 1)
        guard address.withPointer({ bind(socket, $0, $1) }) == 0 else { throw close(socket, after: "bind") }
        guard listen(socket, 4096) == 0 else { throw close(socket, after: "listen") }
        return socket
    }

    /// The next connection that waits; nil if there is none, or no descriptor for it.
    static func accept(from listener: CInt) -> CInt? {
        let socket = Glibc.accept(listener, nil, nil)
        guard socket >= 0 else { return nil }
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        set(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        return socket
    }

    private static func make(_ address: SocketAddress) throws(BenchError) -> CInt {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let socket = socket(address.family, type, 0)
        guard socket >= 0 else { throw .last("socket") }
        set(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        return socket
    }

    private static func set(_ socket: CInt, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func close(_ socket: CInt, after what: String) -> BenchError {
        defer { Glibc.close(socket) }
        return .last(what)
    }
}

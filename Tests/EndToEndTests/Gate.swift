import Glibc
import NIOConcurrencyHelpers
import Testing

/// Stands between a client and a server of this machine, and can keep back what the server says, or cut the connection.
final class Gate: Sendable {
    let port: Int
    private let listener: Int32
    private let state = ConditionLock(value: 0)
    private let connections = NIOLockedValueBox<[Int32]>([])

    /// - Parameter target: the server's port.
    init(to target: Int) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var here = Self.address(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &here) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && Glibc.listen(listener, 8) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        try #require(isOpen, "a socket: \(String(cString: strerror(errno)))")
        port = Int(UInt16(bigEndian: here.sin_port))
        onOwnThread { [state, connections] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                guard let server = Self.connect(to: target) else {
                    close(client)
                    continue
                }
                connections.withLockedValue { $0 += [client, server] }
                onOwnThread { Self.carry(client, server) {} }
                onOwnThread {
                    Self.carry(server, client) {
                        state.lock(whenValue: 0)
                        state.unlock()
                    }
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        cut()
        open()
    }

    /// From now on the client hears nothing.
    func hold() {
        state.lock()
        state.unlock(withValue: 1)
    }

    /// The client hears all that was kept back.
    func open() {
        state.lock()
        state.unlock(withValue: 0)
    }

    /// Nobody hears the other any more. Who connects again is let through.
    func cut() {
        for socket in connections.withLockedValue({ sockets in
            defer { sockets = [] }
            return sockets
        }) {
            shutdown(socket, Int32(SHUT_RDWR))
        }
    }

    private static func carry(_ from: Int32, _ to: Int32, waiting: () -> Void) {
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while case let count = read(from, &buffer, buffer.count), count > 0 {
            waiting()
            var rest = buffer[..<count]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard written > 0 else { break }
                rest = rest.dropFirst(written)
            }
        }
        // The numbers stay taken until the process ends, so that `cut` ends nobody else's connection.
        shutdown(from, Int32(SHUT_RDWR))
        shutdown(to, Int32(SHUT_RDWR))
    }

    private static func connect(to port: Int) -> Int32? {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var there = address(port)
        let isConnected = withUnsafePointer(to: &there) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if !isConnected { close(server) }
        return isConnected ? server : nil
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

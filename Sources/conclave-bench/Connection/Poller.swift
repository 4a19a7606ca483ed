import CEpoll
import Glibc

/// Which sockets can be read or written: epoll(7), level-triggered.
final class Poller {
    struct Ready {
        /// What the socket was added with.
        let key: Int
        let isReadable: Bool
        let isWritable: Bool
    }

    private let descriptor: CInt
    private var ready = Array(repeating: CEpoll_Ready(), count: 256)

    /// - Throws: ``BenchError/system(what:errno:)``
    init() throws(BenchError) {
        descriptor = CEpoll_create()
        guard descriptor >= 0 else { throw .last("epoll_create1") }
    }

    deinit { close(descriptor) }

    /// Begins to watch a socket for reading, until the caller removes or closes it.
    func add(_ socket: CInt, key: Int) throws(BenchError) {
        guard CEpoll_add(descriptor, socket, UInt64(key), Self.readable) == 0 else { throw .last("epoll_ctl") }
    }

    /// Watches for writing too, or no longer.
    func change(_ socket: CInt, key: Int, writing: Bool) {
        let what = writing ? Self.readable | Self.writable : Self.readable
        _ = CEpoll_change(descriptor, socket, UInt64(key), what)  // of a socket that was added this cannot fail
    }

    func remove(_ socket: CInt) {
        _ = CEpoll_remove(descriptor, socket)
    }

    /// Waits until some socket is ready, or the time is up.
    /// - Returns: how many are ready, to be had with ``subscript(_:)`` until the next wait.
    func wait(nanoseconds: UInt64) -> Int {
        max(0, Int(CEpoll_wait(descriptor, &ready, Int32(ready.count), Int64(clamping: nanoseconds))))
    }

    subscript(index: Int) -> Ready {
        Ready(
            key: Int(truncatingIfNeeded: ready[index].key),
            isReadable: ready[index].what & Self.readable != 0,
            isWritable: ready[index].what & Self.writable != 0
        )
    }

    private static let readable = Int32(CEpoll_readable)
    private static let writable = Int32(CEpoll_writable)
}

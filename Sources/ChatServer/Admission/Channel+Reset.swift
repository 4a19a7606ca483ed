internal import Glibc
internal import NIOCore

extension Channel {
    /// Closes it with a TCP reset, so that neither we nor the kernel have to remember anything of it.
    func reset() {
        resetWhenClosed()
        close(promise: nil)
    }

    /// What the kernel has not sent when it is closed is thrown away.
    func resetWhenClosed() {
        // If the socket is closed already, there is nothing to be done.
        _ = (self as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    }
}

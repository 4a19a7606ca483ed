import Glibc

/// A terminal whose other end is ours.
final class PseudoTerminal {
    let master: Int32
    let terminal: Int32

    init() throws {
        // posix_openpt(3), unlockpt(3) and ptsname(3), which Swift's Glibc leaves out
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var number: UInt32 = 0
        var isLocked: Int32 = 0
        guard master >= 0, ioctl(master, Self.unlock, &isLocked) == 0, ioctl(master, Self.getNumber, &number) == 0
        else {
            throw Failure(errno: errno)
        }
        terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard terminal >= 0 else { throw Failure(errno: errno) }
    }

    private static let unlock: UInt = 0x4004_5431  // TIOCSPTLCK
    private static let getNumber: UInt = 0x8004_5430  // TIOCGPTN

    struct Failure: Error {
        let errno: Int32
    }

    deinit {
        Glibc.close(terminal)
        if !isLost { Glibc.close(master) }
    }

    private var isLost = false

    func type(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(master, $0.baseAddress, $0.count) }
    }

    /// What was written, as far as there is anything.
    func written() -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        while poll(&polled, 1, 0) > 0 {
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether keys come one by one and are not shown.
    var isRaw: Bool {
        var attributes = termios()
        tcgetattr(terminal, &attributes)
        return attributes.c_lflag & tcflag_t(ICANON | ECHO | ISIG) == 0
    }

    /// Enter works at a shell too, even if nobody gave the terminal back.
    var hasLineEnds: Bool {
        var attributes = termios()
        tcgetattr(terminal, &attributes)
        return attributes.c_iflag & tcflag_t(ICRNL) != 0 && attributes.c_oflag & tcflag_t(OPOST) != 0
    }

    func lose() {
        isLost = true
        Glibc.close(master)
    }
}

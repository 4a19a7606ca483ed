internal import Glibc

enum StandardDescriptors {
    /// Whoever starts us with standard input, output or error closed must not have a socket take its number.
    static func reserve() {
        var descriptor: CInt
        repeat { descriptor = open("/dev/null", O_RDWR) } while (0...2).contains(descriptor)
        close(descriptor)
    }
}

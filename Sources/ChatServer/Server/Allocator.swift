internal import Glibc
internal import NIOPosix

/// What we ask of the C library's allocator.
enum Allocator {
    /// Gives free memory back to the system, from a thread that has nothing else to do: it takes milliseconds.
    ///
    /// Calls glibc's `malloc_trim(3)`, which Swift's module of it leaves out; does nothing where there is none.
    static func giveBack() {
        guard let trim else { return }
        NIOThreadPool.singleton.submit { _ in _ = trim(0) }
    }

    private typealias Trim = @convention(c) (Int) -> CInt

    private static let trim = dlsym(nil, "malloc_trim").map { unsafeBitCast($0, to: Trim.self) }
}

import Glibc

/// Runs what blocks on a thread of its own, which nobody waits for.
///
/// Not on a dispatch queue: of those threads there are 255, and when all of them wait for programs, so does everybody else,
/// those included who would end the programs.
func onOwnThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
        let body: @Sendable () -> Void; init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let problem = pthread_create(
        &thread,
        nil,
        { box in
            guard let box else { return nil }
            Unmanaged<Box>.fromOpaque(box).takeRetainedValue().body()
            return nil
        },
        box.toOpaque()
    )
    precondition(problem == 0, "a thread: \(String(cString: strerror(problem)))")
    pthread_detach(thread)
}

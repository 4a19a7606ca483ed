internal import Glibc

/// A value that one thread at a time can touch.
///
/// With a mutex of pthreads, because the thread sanitizer does not see what Swift's own orders while two threads wait.
// Unchecked, because the compiler cannot know that `value` is touched only while `mutex` is locked.
final class Guarded<Value: Sendable>: @unchecked Sendable {
    private var value: Value
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    init(_ value: Value) {
        self.value = value
        mutex = .allocate(capacity: 1)
        let failed = pthread_mutex_init(mutex, nil)
        precondition(failed == 0, "pthread_mutex_init failed with \(failed)")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// - Precondition: it is not called from within `body`.
    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&value)
    }
}

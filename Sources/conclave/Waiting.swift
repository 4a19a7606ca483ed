/// Waits until something is done, but no longer than that.
func wait(_ patience: Duration, for body: @escaping @Sendable () async -> Void) async {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    let task = Task {
        await body()
        continuation.finish()
    }
    let alarm = Task {
        try? await Task.sleep(for: patience)
        continuation.finish()
    }
    for await _ in stream {}
    task.cancel()
    alarm.cancel()
}

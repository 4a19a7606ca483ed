internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix

/// The contents of a file, read again when the file changes.
///
/// If it changes to something that cannot be used, the old contents stay until it changes again.
final class WatchedFile<Contents: Sendable>: Sendable {
    /// What a look at the file has shown.
    enum News {
        case unchanged
        case changed(Contents)
        /// It cannot be used. That is said once for each change, not at each look.
        case unusable(any Error)
    }

    private struct State {
        var contents: Contents
        var watch: FileWatch
    }

    private let path: String
    private let limit: Int
    private let parse: @Sendable ([UInt8]) throws -> Contents
    private let state: NIOLockedValueBox<State>

    /// Reads the file for the first time. Not for an event loop.
    /// - Parameters:
    ///   - limit: how many bytes it may have.
    ///   - parse: makes the contents of the bytes.
    /// - Throws: ``SmallFile/Problem``, or what `parse` throws.
    init(_ path: String, limit: Int, parse: @escaping @Sendable ([UInt8]) throws -> Contents) throws {
        self.path = path
        self.limit = limit
        self.parse = parse
        let file = try SmallFile(reading: path, limit: limit)
        let contents = try parse(file.bytes)
        state = NIOLockedValueBox(State(contents: contents, watch: FileWatch(read: file.stamp)))
    }

    /// The newest contents that can be used. From any thread.
    var contents: Contents { state.withLockedValue { $0.contents } }

    /// Looks at the file, and reads it if it has changed. Not for an event loop, and not on two threads at once.
    func check() -> News {
        let stamp = FileStamp(of: path)
        guard state.withLockedValue({ $0.watch.mustRead(stamp) }) else { return .unchanged }
        do {
            let file = try SmallFile(reading: path, limit: limit)
            let contents = try parse(file.bytes)
            state.withLockedValue { state in
                state.contents = contents
                state.watch.didRead(file.stamp)
            }
            return .changed(contents)
        } catch {
            return .unusable(error)
        }
    }

    /// Checks the file from time to time, on a thread that may block, until the task is cancelled.
    /// - Parameter tell: hears of each change, on the event loop.
    func watch(
        on loop: any EventLoop,
        every interval: TimeAmount = .seconds(2),
        tell: @escaping @Sendable (News) -> Void
    ) -> RepeatedTask where News: Sendable {
        loop.scheduleRepeatedAsyncTask(initialDelay: interval, delay: interval) { _ in
            NIOThreadPool.singleton.runIfActive(eventLoop: loop) { self.check() }.map { news in
                if case .unchanged = news { return }
                tell(news)
            }
        }
    }
}

extension WatchedFile.News: Sendable {}

/// Decides when a file is to be read.
struct FileWatch {
    /// What was seen when the file was last read, or tried; nil if there was none, or if it changed meanwhile.
    private var seen: FileStamp?

    init(read stamp: FileStamp?) {
        seen = stamp
    }

    /// - Parameter stamp: the file's now; nil if it cannot be seen.
    mutating func mustRead(_ stamp: FileStamp?) -> Bool {
        guard stamp != seen else { return false }
        seen = stamp
        return true
    }

    /// - Parameter stamp: the file's while it was read; nil if it changed meanwhile, so that it is read again.
    mutating func didRead(_ stamp: FileStamp?) {
        seen = stamp
    }
}

public import ChatCore
public import Logging
public import NIOCore

/// The file of words that the room does not show, which may change while the server runs. ``WordFilter`` says what is in
/// it.
public final class WordFilterFile: Sendable {
    public let path: String

    private let file: WatchedFile<WordFilter>

    /// In bytes: ``WordFilter/mostEntries`` of 40 each.
    private static let largest = 4 * 1024 * 1024

    /// Reads the file for the first time. Not for an event loop.
    /// - Throws: ``WordFilterFileError``, whose description is what to tell a person.
    public init(reading path: String) throws(WordFilterFileError) {
        self.path = path
        do {
            file = try WatchedFile(path, limit: Self.largest) { try WordFilter(parsing: $0) }
        } catch {
            throw WordFilterFileError(path, error)
        }
    }

    /// What the file says, as far as it can be used. From any thread.
    public var filter: WordFilter { file.contents }

    /// Reads the file again within two seconds of each change, until the task is cancelled. Nothing of it is done on the
    /// event loop but the waiting.
    public func watch(on loop: any EventLoop, logger: Logger) -> RepeatedTask {
        file.watch(on: loop) { [path] news in
            switch news {
            case .unchanged:
                break
            case .changed(let filter):
                logger.info("the word filter has changed", metadata: ["file": "\(path)", "words": "\(filter.count)"])
            case .unusable(let error):
                logger.error(
                    "the word filter stays as it was: the file cannot be used",
                    metadata: ["error": "\(WordFilterFileError(path, error))"]
                )
            }
        }
    }

    /// Looks at the file now, for tests.
    func check() -> WatchedFile<WordFilter>.News { file.check() }
}

/// Why a file of words cannot be used.
public struct WordFilterFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong, and what to do.
    public let description: String

    init(_ path: String, _ error: any Error) {
        description = error is WordFilter.ListError ? "\(path), \(error)" : "\(path) \(error)"
    }
}

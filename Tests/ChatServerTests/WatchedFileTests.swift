import ChatCore
import Glibc
import Logging
import NIOCore
import NIOPosix
import TestKit
import Testing

@testable import ChatServer

@Suite(.timeLimit(.minutes(5))) struct WatchedFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A file of text without "bad" in it.
    private func watched(_ text: String) throws -> WatchedFile<String> {
        try WatchedFile(directory.write(text, to: "file"), limit: 1000) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if text.contains("bad") { throw Bad() }
            return text
        }
    }

    private struct Bad: Error {}

    private func expectUnchanged(_ file: WatchedFile<String>) {
        guard case .unchanged = file.check() else {
            Issue.record("it has changed")
            return
        }
    }

    private func expectChange(_ file: WatchedFile<String>, to text: String) {
        guard case .changed(text) = file.check() else {
            Issue.record("it has not changed to \(text)")
            return
        }
        #expect(file.contents == text)
        expectUnchanged(file)
    }

    private func expectUnusable<E: Error>(_ file: WatchedFile<String>, _ type: E.Type) {
        guard case .unusable(let error) = file.check() else {
            Issue.record("it can be used")
            return
        }
        #expect(error is E)
        expectUnchanged(file)
    }

    @Test func `a file is read again when its size changes`() throws {
        let file = try watched("one")
        #expect(file.contents == "one")
        expectUnchanged(file)
        _ = try directory.write("three", to: "file")
        expectChange(file, to: "three")
    }

    @Test func `a file is read again when its time changes, by a nanosecond`() throws {
        let file = try watched("one")
        let path = try directory.write("two", to: "file")
        var status = stat()
        try #require(stat(path, &status) == 0)
        status.st_mtim.tv_sec += 1
        for _ in 1...2 {
            status.st_mtim.tv_nsec = (status.st_mtim.tv_nsec + 1) % 1_000_000_000
            try #require(utimensat(AT_FDCWD, path, [status.st_mtim, status.st_mtim], 0) == 0)
            expectChange(file, to: "two")
        }
    }

    @Test func `a file is read again when another takes its place`() throws {
        let file = try watched("one")
        let path = directory.path("file")
        var status = stat()
        try #require(stat(path, &status) == 0)
        let other = try directory.write("two", to: "other")
        try #require(utimensat(AT_FDCWD, other, [status.st_mtim, status.st_mtim], 0) == 0)
        try #require(rename(other, path) == 0)
        expectChange(file, to: "two")
    }

    @Test func `what cannot be used is told once, and the old contents stay`() throws {
        let file = try watched("one")
        _ = try directory.write("bad", to: "file")
        try #require(utimensat(AT_FDCWD, directory.path("file"), [timespec(), timespec()], 0) == 0)
        expectUnusable(file, Bad.self)
        _ = try directory.write(String(repeating: "x", count: 1001), to: "file")
        expectUnusable(file, SmallFile.Problem.self)
        unlink(directory.path("file"))
        expectUnusable(file, SmallFile.Problem.self)
        #expect(file.contents == "one")
        _ = try directory.write("again", to: "file")
        expectChange(file, to: "again")
    }

    @Test func `a file that changed while it was read is read again`() {
        var status = stat()
        status.st_size = 1
        let one = FileStamp(status)
        status.st_size = 2
        let two = FileStamp(status)
        var watch = FileWatch(read: one)
        #expect(watch.mustRead(one) == false)
        #expect(watch.mustRead(two) == true)
        #expect(watch.mustRead(two) == false, "it could not be used, so nobody called didRead")
        #expect(watch.mustRead(nil) == true)
        #expect(watch.mustRead(nil) == false)
        #expect(watch.mustRead(two) == true)
        watch.didRead(nil)
        #expect(watch.mustRead(two) == true)
        watch.didRead(two)
        #expect(watch.mustRead(two) == false)
        var fresh = FileWatch(read: nil)
        #expect(fresh.mustRead(two) == true)
    }

    @Test func `the filter of a file changes with the file`() throws {
        let path = try directory.write("ass\n", to: "words")
        let file = try WordFilterFile(reading: path)
        #expect(file.filter.clean(CleanText("ass, donkey")).string == "**, donkey")
        _ = try directory.write("donkey\n", to: "words")
        guard case .changed = file.check() else {
            Issue.record("it has not changed")
            return
        }
        #expect(file.filter.clean(CleanText("ass, donkey")).string == "ass, **")
        _ = try directory.write("donkey\n***\n", to: "words")
        guard case .unusable(let error) = file.check() else {
            Issue.record("it can be used")
            return
        }
        #expect(WordFilterFileError(path, error).description.hasPrefix("\(path), line 2: ** is what stands for"))
        #expect(file.filter.count == 1)
    }

    @Test func `a filter that cannot be used at the start is told with its file and line`() throws {
        let path = try directory.write("\n*\n", to: "words")
        let bad = #expect(throws: WordFilterFileError.self) { try WordFilterFile(reading: path) }
        #expect(bad?.description.hasPrefix("\(path), line 2: ") == true)
        let missing = directory.path("missing")
        let error = #expect(throws: WordFilterFileError.self) { try WordFilterFile(reading: missing) }
        #expect(error?.description.hasPrefix("\(missing) cannot be read: No such file or directory; ") == true)
    }

    @Test func `a watch on an event loop hears of changes alone`() async throws {
        let file = try watched("one")
        let (news, continuation) = AsyncStream.makeStream(of: String.self)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let watch = file.watch(on: loop, every: .milliseconds(1)) { news in
            if case .changed(let text) = news { continuation.yield(text) } else { continuation.yield("?") }
        }
        var next = news.makeAsyncIterator()
        for text in ["three", "fourteen"] {
            let other = try directory.write(text, to: "other")
            try #require(rename(other, directory.path("file")) == 0)
            #expect(await next.next() == text)
        }
        watch.cancel()
    }
}

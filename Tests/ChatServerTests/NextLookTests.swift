import Foundation
import NIOCore
import NIOEmbedded
import NIOPosix
import Testing

@testable import ChatServer

@Suite struct NextLookTests {
    /// What happened on the loop, in its order.
    private final class Diary {
        private(set) var entries: [String] = []

        func note(_ entry: String) { entries.append(entry) }
    }

    /// The reading end of a pipe that somebody else writes to.
    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let body: () -> Void

        init(_ body: @escaping () -> Void) { self.body = body }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { body() }
    }

    /// Everything here is on one thread, which is the loop's.
    private struct Scene: @unchecked Sendable {
        let diary = Diary()
        let look: NextLook
        let input = Pipe()

        /// - Parameter found: done when bytes that were written to ``input`` are read.
        static func make(on loop: any EventLoop, found: @escaping @Sendable (Scene) -> Void) async throws -> Scene {
            let scene = try await loop.submit { Scene(look: NextLook(loop: loop)) }.get()
            let descriptor = dup(scene.input.fileHandleForReading.fileDescriptor)
            _ = try await NIOPipeBootstrap(group: loop)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Reader { found(scene) })
                    }
                }
                .takingOwnershipOfDescriptor(input: descriptor).get()
            return scene
        }

        func write() { input.fileHandleForWriting.write(Data("x".utf8)) }
    }

    private func onLoop(_ body: @escaping @Sendable (any EventLoop) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await body(group.next())
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    @Test func `what has come is read first, though a task would not wait for that`() async throws {
        try await onLoop { loop in
            let scene = try await Scene.make(on: loop) { $0.diary.note("read") }
            for _ in 0..<3 {
                try await loop.flatSubmit {
                    let promise = loop.makePromise(of: Void.self)
                    scene.look.then {
                        scene.diary.note("look")
                        promise.succeed()
                    }
                    // After the byte that asks for the look, so that it is found after it.
                    scene.write()
                    loop.execute { scene.diary.note("task") }
                    return promise.futureResult
                }.get()
            }
            let entries = try await loop.submit { scene.diary.entries }.get()
            #expect(entries == Array(repeating: ["task", "read", "look"], count: 3).flatMap(\.self))
        }
    }

    @Test func `who asks while the loop looks waits for one look more`() async throws {
        try await onLoop { loop in
            let done = loop.makePromise(of: Void.self)
            let scene = try await Scene.make(on: loop) { scene in
                scene.diary.note("read")
                guard scene.diary.entries.count < 3 else { return }
                scene.look.then { scene.diary.note("second look") }
                scene.look.then { done.succeed() }
                // Is there for the look that was asked for, and not for the one that is going on.
                scene.write()
            }
            try await loop.submit {
                scene.look.then { scene.diary.note("first look") }
                scene.write()
            }.get()
            try await done.futureResult.get()
            let entries = try await loop.submit { scene.diary.entries }.get()
            #expect(entries == ["read", "first look", "read", "second look"])
        }
    }

    @Test func `all that was asked for comes, in its order, and also from inside`() async throws {
        try await onLoop { loop in
            let scene = try await Scene.make(on: loop) { _ in }
            try await loop.flatSubmit {
                let promise = loop.makePromise(of: Void.self)
                for number in 0..<3 { scene.look.then { scene.diary.note("\(number)") } }
                scene.look.then {
                    scene.look.then {
                        scene.diary.note("inner")
                        promise.succeed()
                    }
                }
                return promise.futureResult
            }.get()
            let entries = try await loop.submit { scene.diary.entries }.get()
            #expect(entries == ["0", "1", "2", "inner"])
        }
    }

    @Test func `a loop without sockets has nothing to look at`() {
        let loop = EmbeddedEventLoop()
        let look = NextLook(loop: loop)
        let diary = Diary()
        look.then { diary.note("look") }
        #expect(diary.entries.isEmpty)
        loop.run()
        #expect(diary.entries == ["look"])
    }
}

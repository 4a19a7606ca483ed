import ChatCore
import ChatWire
import NIOCore
import NIOEmbedded
import TestKit
import Testing

@testable import ChatServer

/// Whoever asks for much and reads nothing makes us hold little.
@Suite(.timeLimit(.minutes(5))) struct StructuredFloodTests {
    private let house: House
    private let session: HandDrivenSession

    init() throws {
        var limits = ServerLimits()
        limits.messageRate = 0
        house = House(limits: limits)
        session = try HandDrivenSession(house)
        try session.send(#"{"op":"enter","room":"lobby"}"# + "\n")
    }

    private func owed() -> Int { session.handler.member?.owed ?? 0 }

    @Test func `the connection is welcomed and answered`() throws {
        try session.send(#"{"op":"ping","ref":"1"}"# + "\n")
        let lines = session.lines
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix(#"{"event":"welcome""#) == true && lines.last == #"{"ref":"1","ok":true}"#)
    }

    @Test(arguments: [
        #"{"op":"history","room":"lobby","limit":500,"ref":"x"}"#, #"{"op":"who","room":"lobby","ref":"x"}"#,
        #"{"op":"enter","room":"lobby","last":1000,"ref":"x"}"#, #"{"op":"rooms","ref":"x"}"#,
        #"{"op":"ping","ref":"x"}"#, "{",
    ])
    func `while it reads nothing only a few answers are made, and then all that it has asked for`(line: String) throws {
        let talk = String(repeating: "x", count: 1000)
        for _ in 0..<100 { try session.send(#"{"op":"say","room":"lobby","text":"\#(talk)"}"# + "\n") }
        let before = session.lines.count
        session.isWritable = false
        let asked = 200
        try session.send(String(repeating: line + "\n", count: asked) + #"{"op":"ping","ref":"end"}"# + "\n")
        // One answer may be as long as it likes, and whatever is small is made for one turn at most.
        #expect(owed() < 512 * 1024, "\(owed()) bytes wait for somebody who does not read")
        if line.contains("ping") || line == "{" { #expect(owed() < 64 * 1024) }
        session.isWritable = true
        session.pump()
        // Who has said much at once is looked at again after a while.
        while !session.lines.contains(where: { $0.hasPrefix(#"{"ref":"end""#) }),
            house.loop.now < .uptimeNanoseconds(60_000_000_000)
        {
            house.loop.advanceTime(by: .milliseconds(10))
            session.pump()
        }
        let read = session.lines.dropFirst(before)
        // Of a room's past the later pages may come behind it.
        #expect(read.contains(#"{"ref":"end","ok":true}"#))
        if line.contains("ref") || line == "{" { #expect(read.count { $0.contains(#""ok":"#) } == asked + 1) }
    }
}

import ChatCore
import ChatServer
import ChatWire
import TestKit
import Testing

/// Members that keep count: whatever happens, they get everything once, or are told exactly what is lost.
@Suite(.timeLimit(.minutes(5))) struct StructuredLogTests {
    /// Checks that numbers go on without a hole that is not told of.
    struct Counter {
        var last: UInt64
        var gaps = 0
        var missed: UInt64 = 0

        mutating func see(_ event: JSON, at location: SourceLocation = #_sourceLocation) {
            if event["event"]?.string == "gap" {
                #expect(event["after"]?.whole == last, "\(event.text), after \(last)", sourceLocation: location)
                gaps += 1
                missed += event["missed"]?.whole ?? 0
                last += event["missed"]?.whole ?? 0
            } else if let sequence = event["seq"]?.whole, event["event"] != nil {
                #expect(sequence == last + 1, sourceLocation: location)
                last = sequence
            }
        }
    }

    private func text(_ line: Int) -> String { "\(line) " + String(repeating: "x", count: 900) }

    /// Says much more than the kernel and a feed hold, and hears it all.
    private func flood(_ talker: ChatPeer, _ number: Int, _ count: Int) async throws {
        async let sent: Void = {
            for first in stride(from: 0, to: count, by: 50) {
                try await talker.send((first..<first + 50).map { text($0) + "\n" }.joined())
            }
        }()
        _ = try await talker.lines { $0 == "\(number):\(text(count - 1))" }
        try await sent
    }

    @Test(arguments: [100_000, 1000, 50, 0])
    func `who stops reading gets everything from the log, or is told what that has lost`(kept: Int) async throws {
        let count = 5000
        try await TestRoom.run { configuration in
            configuration.limits.feedBytes = 128 * 1024
            configuration.limits.recent.messages = kept
        } _: { room in
            let (slow, _, entered) = try await room.enterStructured(as: "slow", receiveBuffer: 4096)
            let (talker, number) = try await room.enter()
            try await flood(talker, number, count)
            var counter = Counter(last: entered["head"]?.whole ?? 0)
            _ = try await slow.events { event in
                counter.see(event)
                return counter.last >= UInt64(count) + 2
            }
            #expect(counter.last == UInt64(count) + 2)
            if kept > count {
                #expect(counter.gaps == 0)
            } else {
                #expect(counter.gaps > 0 && counter.missed > 0, "nothing was lost, and this test shows nothing")
            }
            // From here on it hears the room as others do.
            try await talker.say("and now?")
            let next = try await slow.event()
            #expect(next?["text"]?.string == "and now?" && next?["seq"]?.whole == UInt64(count) + 3)
        }
    }

    @Test func `who goes on after a number has no loss and nothing twice, over many pages while others speak`()
        async throws
    {
        try await TestRoom.run { configuration in
            configuration.limits.recent.messages = 100_000
        } _: { room in
            let (first, _, entered) = try await room.enterStructured(as: "alice")
            let (talker, number) = try await room.enter()
            try await flood(talker, number, 1500)
            try await first.peer.close()
            _ = try await talker.lines { $0 == "user:`alice` has left" }
            async let flooded: Void = flood(talker, number, 1500)
            let (again, _) = try await room.welcome()
            let (after, epoch) = (entered["head"]?.whole ?? 0, entered["epoch"]?.string ?? "")
            let answer = try await again.ask("enter", #""room":"lobby","after":\#(after),"epoch":"\#(epoch)""#)
            #expect(answer["missed"]?.whole == 0 && answer["reset"] == nil)
            var counter = Counter(last: after)
            let head = after + 1 + 1500 + 1 + 1500 + 1  // who entered and left, and alice again
            _ = try await again.events { event in
                counter.see(event)
                return counter.last >= head
            }
            try await flooded
            #expect(counter.last == head && counter.gaps == 0)
        }
    }

    @Test func `what is not kept any more is counted in the answer`() async throws {
        try await TestRoom.run { configuration in
            configuration.limits.recent.messages = 10
        } _: { room in
            let (peer, _, entered) = try await room.enterStructured(as: "alice")
            for line in 0..<30 { _ = try await peer.ask("say", #""room":"lobby","text":"\#(line)""#) }
            let answer = try await peer.ask("enter", #""room":"lobby","after":1"#)
            // Its own entering and being renamed are kept among the events that are no messages.
            #expect(answer["head"]?.whole == 31 && answer["missed"]?.whole == 20, "\(answer.text)")
            var counter = Counter(last: 21)
            let events = try await peer.events { $0["seq"]?.whole == 31 && $0["event"] != nil }
            #expect(entered["head"]?.whole == 1)
            for event in events.drop(while: { $0["seq"]?.whole != 22 }) { counter.see(event) }
            #expect(counter.last == 31)
        }
    }

    @Test func `the answer says from where on events come, whatever was asked for`() async throws {
        try await TestRoom.run { room in
            let (peer, _, entered) = try await room.enterStructured(as: "alice")
            #expect(entered["head"]?.whole == 1 && entered["after"]?.whole == 1)
            let (later, _, _) = try await room.enterStructured(as: "bob")
            #expect(try await later.ask("enter", #""room":"lobby","last":20"#)["after"]?.whole == 2, "nothing was said")
            for line in 0..<5 { _ = try await peer.ask("say", #""room":"lobby","text":"\#(line)""#) }
            for (fields, after) in [
                ("", 7), (#","last":2"#, 5), (#","last":100"#, 2), (#","last":0"#, 7), (#","after":3"#, 3),
                (#","after":99"#, 7),
            ] {
                let answer = try await later.ask("enter", #""room":"lobby"\#(fields)"#)
                #expect(answer["after"]?.whole == UInt64(after), "\(fields): \(answer.text)")
            }
        }
    }

    @Test func `by pages the past is had whole, from either end`() async throws {
        try await TestRoom.run { room in
            let (peer, _, _) = try await room.enterStructured(as: "alice")
            for line in 0..<300 {
                let text = line % 3 != 0 ? String(repeating: "y", count: 4000) : "\(line)"
                try await peer.send(#"{"op":"say","room":"lobby","text":"\#(text)","id":"i\#(line)"}"#)
            }
            let said = try await peer.events { $0["id"]?.string == "i299" }.filter { $0["event"]?.string == "said" }
            var (backward, before, most) = ([JSON](), UInt64(302), 0)
            var more = true
            while more, before > 0 {
                let page = try await peer.ask("history", #""room":"lobby","before":\#(before),"limit":70"#)
                let events = page["events"]?.array ?? []
                most = max(most, events.count)
                #expect(page.text.utf8.count < 160 * 1024)
                backward = events + backward
                more = page["more"]?.bool == true
                before = events.first?["seq"]?.whole ?? 0
            }
            #expect(backward.count == 301 && Array(backward.dropFirst()) == said)
            #expect(most > 10 && most < 70, "the answers were to stop short of the limit")
            var (forward, after) = ([JSON](), UInt64(0))
            more = true
            while more {
                let page = try await peer.ask("history", #""room":"lobby","after":\#(after)"#)
                let events = page["events"]?.array ?? []
                #expect(!events.isEmpty && events.count <= 50)
                forward += events
                more = page["more"]?.bool == true && !events.isEmpty
                after = events.last?["seq"]?.whole ?? after
            }
            #expect(forward == backward)
            let between = try await peer.ask("history", #""room":"lobby","after":10,"before":20,"limit":3"#)
            #expect(between["events"]?.array?.map { $0["seq"]?.whole } == [17, 18, 19])
            #expect(between["more"]?.bool == true)
            for (fields, isMore) in [(#""before":1"#, false), (#""before":0"#, false), (#""after":301"#, false)] {
                let empty = try await peer.ask("history", #""room":"lobby",\#(fields)"#)
                #expect(empty["events"]?.array == [] && empty["more"]?.bool == isMore)
            }
        }
    }
}

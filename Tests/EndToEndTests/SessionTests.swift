import Glibc
import Testing

/// People in one room, each with a program of their own.
@Suite(.timeLimit(.minutes(5))) struct SessionTests {
    @Test func twoOfOpenSSLsClientsAndOneOfOursMeet() async throws {
        try await Stage.run { stage in
            let server = try await stage.server(["--threads", "2"])
            let alice = try stage.sClient(in: server)
            try expectWelcome(await alice.enter(), number: 1)
            let bob = try stage.sClient(in: server)
            try expectWelcome(await bob.enter(), number: 2)
            let carol = try stage.conclave(in: server)
            try expectWelcome(await carol.enter(), number: 3)
            #expect(await alice.line() == "user:`2` has enter")
            #expect(await alice.line() == "user:`3` has enter")
            #expect(await bob.line() == "user:`3` has enter")

            // All at once, and each is told the same.
            let members = [(alice, 1), (bob, 2), (carol, 3)]
            for (member, number) in members {
                try member.write((0..<100).map { "line \($0) of \(number), grüße\n" }.joined())
            }
            var logs: [[String]] = []
            for (member, _) in members {
                var count = 0
                logs.append(
                    await member.lines { _ in
                        count += 1
                        return count == 300
                    }
                )
            }
            for (_, number) in members {
                let own = logs[0].filter { $0.hasPrefix("\(number):") }
                #expect(own.elementsEqual((0..<100).lazy.map { "\(number):line \($0) of \(number), grüße" }))
            }
            // Not by one ==, which would show 300 lines.
            for log in logs { #expect(log.elementsEqual(logs[0])) }

            try bob.write("/quit\n")
            let left = await bob.finish()
            #expect((left.status, left.output) == (0, []))
            #expect(await alice.line() == "user:`2` has left")
            #expect(await carol.line() == "user:`2` has left")

            carol.closeInput()
            let last = await carol.finish()
            #expect(last == Finished(status: 0, output: [], errors: []))
            #expect(await alice.line() == "user:`3` has left")

            try alice.write("/quit\n")
            #expect(await alice.line() == nil)
            #expect(await alice.status() == 0)
        }
    }

    @Test func whoIsKilledHasLeft() async throws {
        try await Stage.run { stage in
            let server = try await stage.server()
            let alice = try stage.conclave(in: server)
            _ = try await alice.enter()
            let bob = try stage.sClient(in: server)
            _ = try await bob.enter()
            bob.send(SIGKILL)
            #expect(await bob.status() == -SIGKILL)
            #expect(await alice.line() == "user:`2` has enter")
            #expect(await alice.line() == "user:`2` has left")
            let carol = try stage.conclave(in: server)
            try expectWelcome(await carol.enter(), number: 3)
        }
    }

    private func expectWelcome(_ line: String, number: Int, at location: SourceLocation = #_sourceLocation) {
        let time = #/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4}/#
        let form = #/Welcome, 127\.0\.0\.1:\d+, UID:(\d+), Enter At:(.*)/#
        let match = line.wholeMatch(of: form)
        #expect(match.map { String($0.1) } == "\(number)", "\(line)", sourceLocation: location)
        #expect(match.flatMap { $0.2.wholeMatch(of: time) } != nil, "\(line)", sourceLocation: location)
    }
}

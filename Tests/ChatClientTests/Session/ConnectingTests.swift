import ChatCore
import ChatWire
import TestKit
import Testing

@testable import ChatClient

/// When a session connects, waits, and gives up.
@Suite struct ConnectingTests {
    private static let lost = ClientError.refused(Talk.endpoint)

    private func waited(_ talk: inout Talk) -> Duration? {
        if case .state(.waiting(let delay, _)) = talk.takeTold().last { delay } else { nil }
    }

    @Test(arguments: SeededGenerator.seeds(50))
    func `each wait is anything up to a bound that doubles`(seed: UInt64) throws {
        var talk = Talk(seed: seed)
        talk.connect(secret: 1)
        let bounds: [Int64] = [250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]
        for bound in bounds {
            talk.session.lost(Self.lost, at: talk.now)
            talk.pass(.zero)
            let delay = try #require(waited(&talk))
            #expect((.zero ... .milliseconds(bound)).contains(delay))
            #expect(talk.session.intention == .wait(until: talk.now + delay))
            talk.waitForTurn()
            #expect(talk.session.intention == .connect)
        }
        talk.connect(secret: 2)
        talk.session.lost(Self.lost, at: talk.now)
        talk.pass(.zero)
        #expect(try #require(waited(&talk)) <= .milliseconds(250), "a welcome begins anew")
    }

    @Test func `waits are spread over all that is allowed`() {
        var random = SeededGenerator(seed: 5)
        let delays = (0..<1000).map { _ in Backoff().delay(afterFailures: 2, using: &random) / .milliseconds(1000) }
        for tenth in 0..<10 {
            let count = delays.count { Int($0 * 10) == tenth }
            #expect((60...140).contains(count), "\(count) of 1000 in tenth \(tenth)")
        }
        #expect(Backoff().bound(afterFailures: .max) == .seconds(30))
    }

    @Test func `the same seed waits the same`() {
        func delays(seed: UInt64) -> [Duration?] {
            var talk = Talk(seed: seed)
            talk.connect(secret: 1)
            return (0..<10).map { _ in
                talk.session.lost(Self.lost, at: talk.now)
                talk.pass(.zero)
                defer { talk.waitForTurn() }
                return waited(&talk)
            }
        }
        #expect(delays(seed: 3) == delays(seed: 3))
        #expect(delays(seed: 3) != delays(seed: 4))
    }

    @Test func `without a first welcome it fails at once, unless it is to try again`() {
        var talk = Talk()
        talk.lose(Self.lost)
        #expect(talk.session.intention == .stop)
        #expect(talk.takeTold() == [.state(.connecting), .state(.failed(Self.lost))])
        var patient = Talk { $0.retriesFirst = true }
        patient.lose(Self.lost)
        #expect(patient.session.intention == .connect)
    }

    @Test func `after so many failures it gives up`() {
        var talk = Talk { $0.maximumAttempts = 3 }
        talk.connect(secret: 1)
        talk.lose()
        talk.ask(1, .ping)
        for _ in 0..<2 { talk.lose(Self.lost) }
        #expect(talk.session.intention == .connect)
        talk.lose(Self.lost)
        #expect(talk.session.intention == .stop)
        #expect(talk.takeTold().last == .state(.failed(Self.lost)))
        #expect(talk.completed[1] == .failure(.ended(Self.lost)))
        talk.ask(2, .ping)
        #expect(talk.completed[2] == .failure(.ended(Self.lost)))
    }

    @Test(arguments: [
        ClientError.noStructuredProtocol(Talk.endpoint),
        .closing(Talk.endpoint, Closing(.banned, "")),
        .closing(Talk.endpoint, Closing(.takenOver, "")),
        .closing(Talk.endpoint, Closing(.removed, "")),
    ])
    func `what does not get better ends it for good`(error: ClientError) throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter()
        talk.say(2, "hello")
        if case .closing(_, let closing) = error { talk.hear(.closing(closing)) } else { talk.lose(error) }
        #expect(talk.session.intention == .stop)
        #expect(talk.takeTold() == [.state(.failed(error))])
        #expect(talk.completed[2] == .failure(.ended(error)))
    }

    @Test(arguments: [Closing.Reason.shutdown, .silent, .full, .bye, .other])
    func `any other goodbye is for now`(reason: Closing.Reason) {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.hear(.closing(Closing(reason, "")))
        guard case .wait = talk.session.intention else {
            Issue.record("\(talk.session.intention)")
            return
        }
    }

    @Test func `silence is asked about, and then believed`() {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.pass(.seconds(29))
        #expect(talk.operations == [])
        talk.pass(.seconds(1))
        #expect(talk.takeSent() == [.ping])
        talk.pass(.seconds(14))
        talk.hear(.unknown(event: "x"))
        talk.pass(.seconds(30))
        #expect(talk.takeSent() == [.ping])
        talk.pass(.seconds(15))
        guard case .state(.waiting(_, because: .silent)) = talk.takeTold().last else {
            Issue.record("\(talk.session.intention)")
            return
        }
    }

    @Test func `who does not listen hears no silence`() {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.stall(true)
        talk.pass(.seconds(1000))
        #expect(talk.operations == [])
        #expect(talk.session.intention == .stay)
        talk.stall(false)
        talk.pass(.seconds(29))
        #expect(talk.operations == [])
    }

    @Test func `leaving says bye, and ends when the server has answered`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter()
        talk.say(2, "sent")
        talk.close(3)
        talk.say(4, "too late")
        #expect(talk.operations.last == .bye)
        #expect(talk.completed[4] == .failure(.ended(nil)))
        #expect(talk.completed[3] == nil)
        try talk.answer(.said(2, again: false))
        #expect(talk.completed[2] == .success(.said(2, again: false)))
        talk.hear(.closing(Closing(.bye, "")))
        #expect(talk.completed[3] == .success(.done))
        #expect(talk.takeTold() == [.state(.closed)])
        #expect(talk.session.intention == .stop)
    }

    @Test func `who says bye by itself leaves for good too`() throws {
        var talk = Talk()
        talk.connect(secret: 1)
        try talk.enter()
        talk.ask(2, .bye)
        #expect(talk.operations == [.bye])
        try talk.answer(.done)
        talk.hear(.closing(Closing(.bye, "")))
        #expect(talk.completed[2] == .success(.done))
        #expect(talk.takeTold() == [.state(.closed)])
    }

    @Test func `a server that does not say goodbye is not waited for`() {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.close(3)
        talk.pass(.seconds(5))
        #expect(talk.completed[3] == .success(.done))
        #expect(talk.session.intention == .stop)
    }

    @Test func `one can leave while there is no connection`() {
        var talk = Talk()
        talk.connect(secret: 1)
        talk.session.lost(Self.lost, at: talk.now)
        talk.close(3)
        #expect(talk.completed[3] == .success(.done))
        #expect(talk.takeTold().last == .state(.closed))
    }
}

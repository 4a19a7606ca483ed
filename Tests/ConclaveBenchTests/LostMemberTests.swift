import ChatServer
import Dispatch
import TestKit
import Testing

@testable import conclave_bench

/// Members whose connection ends before their time.
@Suite(.timeLimit(.minutes(5))) struct LostMemberTests {
    private static let plan: LoadPlan = {
        var plan = LoadPlan()
        plan.clients = 5
        plan.senders = 3
        plan.length = .messages(20)
        return plan
    }()

    @Test func `one lost before the talking was never to hear anything`() async throws {
        // The leaver is one of the senders, whose turn the others take.
        let (talk, lost) = try await talk(without: 1, lostBefore: true)
        #expect(talk.sent == 20)
        #expect(talk.delivered == 4 * 20)
        #expect(lost == 0)
    }

    @Test func `one lost while talking is owed nothing more`() async throws {
        // All twenty are said before the server's answer to the quit is read, so they are expected of five.
        let (talk, lost) = try await talk(without: 4, lostBefore: false)
        #expect(talk.sent == 20)
        #expect((4 * 20...5 * 20).contains(talk.delivered))
        #expect(lost == 0)
    }

    /// Lets all of a crowd enter and one of them quit, and the rest talk.
    private func talk(without leaver: Int, lostBefore: Bool) async throws -> (LoadReport.Talk, lost: Int) {
        let server = try await InProcessServer.start(CertificateFixtures.shared.server, threads: 2)
        let address = server.address
        let result = await withCheckedContinuation { continuation in
            DispatchQueue(label: "load").async {
                continuation.resume(
                    returning: Result { try Self.talk(at: address, without: leaver, lostBefore: lostBefore) }
                )
            }
        }
        await server.stop()
        return try result.get()
    }

    private static func talk(
        at address: ListenAddress,
        without leaver: Int,
        lostBefore: Bool
    ) throws -> (LoadReport.Talk, lost: Int) {
        let crowd = try Crowd(plan, connectingTo: SocketAddress(address))
        for number in 0..<plan.clients { try crowd.connect(as: .member(number)) }
        while crowd.members < plan.clients { crowd.pump(nanoseconds: 100_000_000) }
        let quit = Array("/quit\n".utf8)
        crowd.say(quit.span.bytes, as: crowd.clients[leaver])
        while lostBefore, crowd.lostMembers.isEmpty { crowd.pump(nanoseconds: 100_000_000) }
        let talk = Talk(plan, crowd, .unknown)
        let report = talk.run()
        #expect(crowd.lostMembers == [leaver])
        return (report, talk.lost)
    }
}

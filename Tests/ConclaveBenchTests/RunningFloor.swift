import ChatServer
import Dispatch
import Synchronization
import TLS
import TestKit

@testable import conclave_bench

/// The floor on a thread of its own, for the time of one test.
enum RunningFloor {
    static func run<R>(isLone: Bool, _ body: (ListenAddress) async throws -> R) async throws -> R {
        let tls = try TLSContext(.server(CertificateFixtures.shared.server))
        let isOver = Flag()
        defer { isOver.set() }
        let address = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "floor").async {
                do {
                    let floor = try Floor(on: ListenAddress(host: "127.0.0.1", port: 0), tls: tls, isLone: isLone)
                    continuation.resume(returning: floor.address)
                    while !isOver.isSet { floor.turn(nanoseconds: 5_000_000) }
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
        return try await body(address)
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }
}

extension LoadPlan {
    /// Runs the load on a thread of its own.
    func run(against address: ListenAddress, measuredBy meter: ServerMeter = .unknown) async throws -> LoadReport {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "load").async {
                continuation.resume(
                    with: Result { try LoadRun(self, against: SocketAddress(address), measuredBy: meter).run() }
                )
            }
        }
    }
}

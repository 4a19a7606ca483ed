internal import ChatCore
internal import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore

/// Where connections come in: the one ``Admission`` of all listeners and event loops, and what follows from its decisions.
final class Door: Sendable {
    /// How a connection is to be received.
    enum Welcome {
        case guest(Pass)
        /// It is told that the server is full.
        case turnedAway
    }

    private struct State {
        var admission: Admission<any Channel>
        var muffled: [Complaint: Muffler] = [:]
        var isShut = false
    }

    private enum Complaint: String {
        case rate = "refused connections from an address that opens too many a second"
        case address = "refused connections from an address that has too many"
        case full = "the server is full; turned connections away"
        case handshakes = "dropped unfinished handshakes for newer ones"

        init(_ reason: Admission<any Channel>.Reason) {
            switch reason {
            case .rate: self = .rate
            case .address: self = .address
            case .full: self = .full
            }
        }
    }

    private let state: NIOLockedValueBox<State>
    private let logger: Logger

    init(limits: ServerLimits, logger: Logger) {
        state = NIOLockedValueBox(State(admission: Admission(limits: limits.admission(of: (any Channel).self))))
        self.logger = logger
    }

    /// Decides over a connection that was just accepted, on its event loop and before it has read anything.
    /// - Returns: nil if it is refused, and closed by now.
    func receive(_ channel: any Channel) -> Welcome? {
        let now = Self.now
        // One that has no address any more has gone again.
        guard let address = channel.remoteAddress.flatMap(Address.init),
            let answer = state.withLockedValue({ state in
                state.isShut ? nil : state.admission.arrive(from: address, channel, now: now)
            })
        else {
            channel.reset()
            return nil
        }
        switch answer {
        case .comeIn(let ticket, let oldest):
            if let oldest {
                complain(.handshakes, address, now)
                oldest.reset()
            }
            let pass = Pass(self, ticket, address)
            channel.closeFuture.whenComplete { _ in pass.leave() }
            return .guest(pass)
        case .full(let ticket):
            complain(.full, address, now)
            channel.closeFuture.whenComplete { _ in self.leave(ticket) }
            return .turnedAway
        case .refuse(let reason):
            complain(Complaint(reason), address, now)
            channel.reset()
            return nil
        }
    }

    /// Nobody comes in any more, and nobody else is told why.
    func shut() {
        let waiting = state.withLockedValue { state in
            state.isShut = true
            return state.admission.beingTurnedAway
        }
        for channel in waiting { channel.pipeline.fireUserInboundEventTriggered(TurnAway.Enough()) }
    }

    private func leave(_ ticket: Admission<any Channel>.Ticket) {
        state.withLockedValue { $0.admission.leave(ticket, now: Self.now) }
    }

    private func complain(_ complaint: Complaint, _ address: Address, _ now: UInt64) {
        let count = state.withLockedValue { $0.muffled[complaint, default: Muffler()].note(now: now) }
        guard let count else { return }
        logger.warning("\(complaint.rawValue)", metadata: ["count": "\(count)", "last": "\(address)"])
    }

    private static var now: UInt64 { NIODeadline.now().uptimeNanoseconds }

    /// What a guest has in hand. Its leaving is noticed without it.
    final class Pass: Sendable {
        /// Where it comes from.
        let address: Address

        private let door: Door
        private let ticket: Admission<any Channel>.Ticket

        fileprivate init(_ door: Door, _ ticket: Admission<any Channel>.Ticket, _ address: Address) {
            self.door = door
            self.ticket = ticket
            self.address = address
        }

        /// The handshake is complete.
        /// - Returns: false if it had to make room for a newer one just before, and the connection is about to be closed.
        func establish() -> Bool {
            door.state.withLockedValue { $0.admission.establish(ticket) }
        }

        fileprivate func leave() { door.leave(ticket) }
    }
}

public import NIOCore

/// Makes the handshakes of one event loop take turns, so that however many come at once, whoever is connected already is
/// read from and written to in between.
///
/// What costs much in a handshake is what a server does with the messages of the client: key exchange and signature, and
/// then perhaps to check a signature of the client's. The first few connections whose clients have said something for it
/// have their turn at once, and others stand in line; after each further look at the sockets, and after all that came of
/// it, the next few have theirs. Until then such a connection is not read from. It has no timer of its own, and whatever
/// else ends it, its deadline among it, takes it out of the line.
///
/// For the event loop alone, and to be shared by all its connections.
public final class HandshakeTurns {
    /// How many have their turn after one look at the sockets.
    public static let most = 2

    private let loop: any EventLoop
    /// Calls what it is given when the loop has looked at its sockets once more, and all that came of it is done.
    private let afterLook: (@escaping () -> Void) -> Void
    private let most: Int
    private let onChange: (Int) -> Void
    /// Nil for who has left.
    private var line = CircularBuffer<TLSHandler?>(initialCapacity: 0)
    /// The number of the first in line.
    private var first = 0
    private var isScheduled = false
    /// How many have had their turn at once since the loop last looked at its sockets.
    private var atOnce = 0

    /// How many stand in line.
    public private(set) var count = 0 {
        didSet { onChange(count - oldValue) }
    }

    /// - Parameters:
    ///   - most: how many have their turn after one look at the sockets, at least 1.
    ///   - afterLook: calls what it is given when the loop has looked at its sockets once more, and all that came of it
    ///     is done. A task of the loop's own would not wait for that: it runs all that are due before it looks.
    ///   - onChange: is told by how much ``count`` has grown.
    public init(
        loop: any EventLoop,
        most: Int = HandshakeTurns.most,
        afterLook: @escaping (@escaping () -> Void) -> Void,
        onChange: @escaping (Int) -> Void = { _ in }
    ) {
        (self.loop, self.afterLook) = (loop, afterLook)
        self.most = max(1, most)
        self.onChange = onChange
    }

    /// Whether whoever asks has its turn at once: nobody stands in line, and few have had theirs.
    func begin() -> Bool {
        guard line.isEmpty, atOnce < most else { return false }
        if atOnce == 0 {
            let bound = NIOLoopBound(self, eventLoop: loop)
            loop.execute { bound.value.lookIsOver() }
        }
        atOnce += 1
        return true
    }

    /// All that came of one look at the sockets is done.
    private func lookIsOver() { atOnce = 0 }

    /// - Returns: the number to ``leave(_:)`` with.
    func join(_ handler: TLSHandler) -> Int {
        line.append(handler)
        count += 1
        schedule()
        return first + line.count - 1
    }

    func leave(_ number: Int) {
        guard number >= first else { return }
        line[line.index(line.startIndex, offsetBy: number - first)] = nil
        count -= 1
    }

    private func schedule() {
        guard !isScheduled else { return }
        isScheduled = true
        afterLook { self.go() }
    }

    private func go() {
        isScheduled = false
        // Who has sent a part of a message only costs next to nothing, and takes nobody's turn.
        var (turns, looks) = (most, most * Self.looksPerTurn)
        while turns > 0, looks > 0, let next = line.popFirst() {
            first += 1
            guard let next else { continue }
            count -= 1
            looks -= 1
            if next.haveTurn() { turns -= 1 }
        }
        if !line.isEmpty { schedule() }
    }

    private static let looksPerTurn = 8
}

@available(*, unavailable)
extension HandshakeTurns: Sendable {}

internal import ChatCore
internal import ChatWire
internal import Logging
internal import NIOCore
internal import NIOTLS
internal import TLSNIO

/// One connection of the text protocol, between its TLS handler and its shard.
///
/// In: decodes what comes, asks the room for what it means, and stops reading from whoever says too much or does not take
/// our answers. Out: an ``Outlet`` for its member.
final class SessionHandler: ChannelInboundHandler, ChannelOutboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    private enum State {
        /// The TLS handshake is not complete: nothing the peer sends is speech.
        case connecting
        case present
        /// It has asked to leave; what it still sends is thrown away.
        case leaving
        case gone
    }

    // What every delivery looks at, side by side.
    private let tls: TLSHandler
    /// The channel's, kept here because it is asked for before every send.
    private(set) var isWritable = true
    /// How often something was sent, which only happens when the connection takes it.
    private var sends = 0
    /// See ``WatchedPeer``.
    var watchPlace = -1

    private let shard: Shard
    private let pass: Door.Pass
    private let limits: ServerLimits
    private let logger: Logger

    private var state = State.connecting
    private var isConnected = true
    private var member: Member?
    private var context: ChannelHandlerContext?
    private var decoder = TextDecoder()
    private var bucket: TokenBucket
    /// What has been read and not been dealt with, because the connection has used up its budget.
    private var unread = ByteBuffer()
    /// The peer has said close_notify: what is unread is its last.
    private var inputHasEnded = false
    /// The channel wants to read, and has to wait.
    private var readIsHeld = false
    private var resumption: Scheduled<Void>?
    private var leavingDeadline: Scheduled<Void>?
    private var silence: Silence?

    init(shard: Shard, tls: TLSHandler, pass: Door.Pass, limits: ServerLimits, logger: Logger) {
        self.shard = shard
        self.tls = tls
        self.pass = pass
        self.limits = limits
        self.logger = logger
        bucket = TokenBucket(capacity: limits.burst, rate: limits.bytesPerSecond, now: Self.now)
    }

    private static var now: UInt64 { NIODeadline.now().uptimeNanoseconds }

    // MARK: The connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        member = shard.connect(self)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted where state == .connecting:
            enter(from: context.remoteAddress)
        case ChannelEvent.inputClosed:
            inputHasEnded = true
            work()
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        if isWritable, let member { shard.attend(member) }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The TLS handler and the channel close what is broken; here it is only told.
        let peer = context.remoteAddress?.hostAndPort ?? "unknown"
        let reason = CleanText(String(describing: error)).string
        logger.debug("connection failed", metadata: ["peer": "\(peer)", "error": "\(reason)"])
    }

    func channelInactive(context: ChannelHandlerContext) {
        // What had come whole before the end counts, whatever the budget says; but nobody is there to be answered.
        isConnected = false
        work(regardless: true)
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    private func enter(from address: SocketAddress?) {
        guard let member, pass.establish() else { return }
        state = .present
        member.address = address?.hostAndPort ?? "unknown"
        shard.submit(Command(member.session, .enter))
        logger.debug("connected", metadata: ["peer": "\(member.address)"])
        watchSilence()
    }

    private func end() {
        guard let member else { return }
        state = .gone
        isWritable = false
        self.member = nil
        context = nil
        resumption?.cancel()
        leavingDeadline?.cancel()
        silence?.end()
        shard.watch.remove(self)
        shard.disconnect(member)
        if !member.address.isEmpty { logger.debug("disconnected", metadata: ["peer": "\(member.address)"]) }
    }

    // MARK: In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard state == .present else { return }
        silence?.isBroken(now: Self.now)
        var bytes = unwrapInboundIn(data)
        if unread.readableBytes == 0 { unread = bytes } else { unread.writeBuffer(&bytes) }
        work()
    }

    func read(context: ChannelHandlerContext) {
        if mayRead { context.read() } else { readIsHeld = true }
    }

    /// Deals with what has been read, as far as the budget goes.
    private func work(regardless: Bool = false) {
        guard state == .present, let member else { return }
        let now = Self.now
        bucket.change(rate: shard.traffic.isSlow ? limits.bytesPerSecondWhenLagging : limits.bytesPerSecond, now: now)
        if regardless || bucket.debt(now: now) == 0 && !shard.isFull {
            decode(as: member, now: now, regardless: regardless)
        }
        guard state == .present else {
            unread = ByteBuffer()
            return
        }
        if unread.readableBytes == 0 {
            unread = ByteBuffer()
            if inputHasEnded { decoder.finish { act(on: $0, as: member) } }
        }
        var wait = bucket.debt(now: now)
        // Nobody tells us when there is room on the way to the hub again, so we look in a while.
        if unread.readableBytes > 0, member.owed <= limits.owedBytes { wait = max(wait, 5_000_000) }
        resumeLater(after: wait)
    }

    private func decode(as member: Member, now: UInt64, regardless: Bool) {
        var paidFor = 0
        let taken = decoder.feed(unread.readableBytesSpan) { input, length in
            paidFor += length
            bucket.spend(Int64(length) + limits.lineCost, now: now)
            act(on: input, as: member)
            guard state == .present else { return false }
            return regardless || bucket.debt(now: now) == 0 && member.owed <= limits.owedBytes && !shard.isFull
        }
        unread.moveReaderIndex(forwardBy: taken)
        // Line ends, the rest of a line that is too long, and the beginning of one that is not complete, cost as well.
        bucket.spend(Int64(max(0, taken - paidFor)), now: now)
    }

    private func act(on input: TextInput, as member: Member) {
        switch input {
        case .request(.nothing): break
        case .request(.say(let text)): shard.submit(Command(member.session, .say(text)))
        case .request(.help): reply(TextCodec.help)
        case .request(.unknown(let name)): reply(TextCodec.unknown(name))
        case .request(.quit): leave(member)
        case .tooLong: reply(TextCodec.tooLong)
        case .foreign:
            reply(TextCodec.foreign)
            leave(member)
        }
    }

    private func reply(_ line: String) {
        guard isConnected, let member else { return }
        member.reply(line)
        shard.attend(member)
    }

    /// Leaves in order: what it said before is still delivered to it, then the connection is closed.
    private func leave(_ member: Member) {
        state = .leaving
        shard.submit(Command(member.session, .leave))
        watchLeaving()
    }

    /// A member that leaves may take its time with what it was still to get, as long as it does take something.
    private func watchLeaving() {
        let sentBefore = sends
        leavingDeadline = onThisLoop(in: limits.leaving) { handler in
            if handler.sends == sentBefore { handler.abort() } else { handler.watchLeaving() }
        }
    }

    // MARK: Back-pressure

    /// Whether the peer may send more: nothing of what it sent waits, it owes nothing, and it takes our answers.
    private var mayRead: Bool {
        state != .present || unread.readableBytes == 0 && resumption == nil && (member?.owed ?? 0) <= limits.owedBytes
    }

    /// Goes on when the debt is paid. For answers that wait, ``Outlet/resume()`` is called.
    private func resumeLater(after debt: UInt64) {
        guard debt > 0, resumption == nil else { return }
        resumption = onThisLoop(in: .nanoseconds(Int64(clamping: debt))) { handler in
            handler.resumption = nil
            handler.goOn()
        }
    }

    private func goOn() {
        work()
        guard readIsHeld, mayRead else { return }
        readIsHeld = false
        context?.read()
    }

    /// A member that says nothing for too long is told so, and leaves.
    private func watchSilence() {
        guard limits.silent > .zero, let loop = context?.eventLoop else { return }
        silence = Silence(limit: limits.silent, loop: loop) { [weak self] in
            guard let self, state == .present, let member else { return }
            reply(TextCodec.silent(seconds: limits.silent.components.seconds))
            leave(member)
        }
    }

    private func onThisLoop(
        in time: TimeAmount,
        _ body: @escaping @Sendable (SessionHandler) -> Void
    ) -> Scheduled<Void>? {
        guard let loop = context?.eventLoop else { return nil }
        let bound = NIOLoopBound(self, eventLoop: loop)
        return loop.scheduleTask(in: time) { body(bound.value) }
    }
}

// MARK: Out

extension SessionHandler: Outlet {
    func send(_ bytes: RawSpan) {
        sends += 1
        if watchPlace < 0 { shard.watch.add(self) }
        tls.send(bytes)
    }

    func close() {
        // From here on it is the TLS handler that waits.
        leavingDeadline?.cancel()
        context?.close(promise: nil)
    }

    func abort() {
        tls.abort()
    }

    func resume() {
        if resumption == nil { goOn() }
    }
}

// MARK: On the watch

extension SessionHandler: WatchedPeer {
    func transport() -> Transport? {
        guard isConnected, let operations = context?.pipeline.syncOperations else { return nil }
        return try? operations.withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self, Transport.init(of:)) ?? nil
    }

    func giveUp(_ verdict: PeerRecord.Verdict) {
        logger.debug("connection given up", metadata: ["peer": "\(member?.address ?? "")", "why": "\(verdict)"])
        // Bytes that nobody takes would be kept by the kernel for minutes more.
        context?.channel.resetWhenClosed()
        abort()
    }
}

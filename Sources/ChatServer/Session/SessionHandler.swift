internal import ChatCore
internal import Logging
internal import NIOCore
internal import NIOTLS
internal import TLS
internal import TLSNIO

/// One connection, whatever protocol it speaks, between its TLS handler and its shard.
///
/// In: decodes what comes, asks the room for what it means, and stops reading from whoever says too much or does not take
/// our answers. Out: an ``Outlet`` for its member.
final class SessionHandler: ChannelInboundHandler, ChannelOutboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer

    enum State {
        /// The TLS handshake is not complete: nothing the peer sends is speech.
        case connecting
        case present
        /// It has asked to leave; what it still sends is thrown away.
        case leaving
        case gone
    }

    // What every delivery looks at, side by side.
    let tls: TLSHandler
    /// The channel's, kept here because it is asked for before every send.
    private(set) var isWritable = true
    /// How often something was sent, which only happens when the connection takes it.
    var sends = 0
    /// See ``WatchedPeer``.
    var watchPlace = -1

    // What is not private is for the extensions in this folder alone.
    let shard: Shard
    let pass: Door.Pass
    let logger: Logger

    private(set) var state = State.connecting
    private(set) var isConnected = true
    private(set) var member: Member?
    private(set) var context: ChannelHandlerContext?
    private var inbound: any InboundCodec
    private var allowance: SpeechAllowance
    /// What has been read and not been dealt with, because the connection has used up its budget.
    private var unread = ByteBuffer()
    /// The peer has said close_notify: what is unread is its last.
    private var inputHasEnded = false
    /// It has asked for something that costs more than a message, and nothing it says after that is looked at before it has
    /// been answered: so whoever asks for much without reading makes us hold one answer, not thousands.
    var isAwaitingAnswer = false
    /// How much of what it has asked for has not been answered.
    var outstanding = 0
    /// The channel wants to read, and has to wait.
    private var readIsHeld = false
    var resumption: Scheduled<Void>?
    var leavingDeadline: Scheduled<Void>?
    var silence: Silence?

    init(shard: Shard, tls: TLSHandler, pass: Door.Pass, logger: Logger) {
        self.shard = shard
        self.tls = tls
        self.pass = pass
        self.logger = logger
        inbound = TextInbound(shard.limits)
        allowance = SpeechAllowance(shard.limits, now: Self.now)
    }

    static var now: UInt64 { NIODeadline.now().uptimeNanoseconds }

    // MARK: The connection

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        member = shard.connect(self)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted where state == .connecting:
            enter(from: context.channel.remoteAddress)
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
        logger.debug(
            "connection failed",
            metadata: [
                "peer": "\(context.channel.remoteAddress?.hostAndPort ?? "unknown")",
                "error": "\(CleanText(String(describing: error)).string)",
            ]
        )
    }

    func channelInactive(context: ChannelHandlerContext) {
        // What had come whole before the end counts though the budget is used up, if it is not too much; but nobody is there
        // to be answered.
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
        let agreement = tls.agreement
        if Dialect(agreement?.applicationProtocol) == .structured {
            let outbound = StructuredOutbound(limits: shard.limits, nextPin: shard.nextKey?.pin)
            member.outbound = outbound
            inbound = StructuredInbound(shard.limits, answering: outbound)
        }
        let visitor = visitor(agreement)
        shard.submit(Command(member.session, inbound.arrival(of: visitor)))
        logger.debug("connected", metadata: ["peer": "\(member.address)"])
        if visitor.isOperator, let key = visitor.key {
            logger.notice("operator", metadata: ["key": "\(key)", "peer": "\(member.address)"])
        }
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
        allowance.adapt(isSlow: shard.traffic.isSlow, now: now)
        if regardless || mayAsk(as: member, within: &allowance, now: now) {
            decode(as: member, now: now, regardless: regardless)
        }
        guard state == .present else {
            unread = ByteBuffer()
            return
        }
        if unread.readableBytes == 0 {
            unread = ByteBuffer()
            if inputHasEnded { inbound.finish { act(on: $0, as: member) } }
        }
        var wait = allowance.debt(now: now)
        // Nobody tells us when there is room on the way to the hub again, so we look in a while.
        if unread.readableBytes > 0, !isAwaitingAnswer, member.owed <= shard.limits.owedBytes {
            wait = max(wait, 5_000_000)
        }
        resumeLater(after: wait)
    }

    private func decode(as member: Member, now: UInt64, regardless: Bool) {
        var paidFor = 0
        var heard: Int64 = 0
        // In hand meanwhile: what is asked for here is done later, and nothing of it comes back to us from inside.
        var allowance = allowance
        // A copy of the reference, so that the field is not held while others are called.
        let bytes = unread
        let taken = inbound.feed(bytes.readableBytesSpan) { (input: consuming Input, length: Int) in
            paidFor += length
            let cost = input.cost
            heard += cost
            allowance.spend(line: length, messages: cost, now: now)
            act(on: input, as: member)
            guard state == .present else { return false }
            if regardless { return heard < shard.limits.lastMessages }
            return mayAsk(as: member, within: &allowance, now: now)
        }
        unread.moveReaderIndex(forwardBy: taken)
        // Line ends, the rest of a line that is too long, and the beginning of one that is not complete, cost as well.
        allowance.spend(bytes: taken - paidFor, now: now)
        self.allowance = allowance
    }

    /// Whether what it asks for is looked at now: it is within its budget, has been answered, and takes the answers.
    private func mayAsk(as member: Member, within allowance: inout SpeechAllowance, now: UInt64) -> Bool {
        !isAwaitingAnswer && allowance.debt(now: now) == 0 && member.owed <= shard.limits.owedBytes && !shard.isFull
    }

    /// Leaves in order: what it said before is still delivered to it, then the connection is closed.
    func leave(_ member: Member) {
        state = .leaving
        shard.submit(Command(member.session, .depart))
        watchLeaving()
    }

    func expel() {
        guard state == .present else { return }
        state = .leaving
        unread = ByteBuffer()
        watchLeaving()
    }

    /// A member that leaves may take its time with what it was still to get, as long as it does take something.
    private func watchLeaving() {
        let sentBefore = sends
        leavingDeadline = onThisLoop(in: shard.limits.leaving) { handler in
            if handler.sends == sentBefore { handler.abort() } else { handler.watchLeaving() }
        }
    }

    // MARK: Back-pressure

    /// Whether the peer may send more: nothing of what it sent waits, it owes nothing, and it takes our answers.
    private var mayRead: Bool {
        state != .present
            || unread.readableBytes == 0 && resumption == nil && (member?.owed ?? 0) <= shard.limits.owedBytes
    }

    /// Goes on when the debt is paid. For answers that wait, ``Outlet/resume()`` is called.
    private func resumeLater(after debt: UInt64) {
        guard debt > 0, resumption == nil else { return }
        resumption = onThisLoop(in: .nanoseconds(Int64(clamping: debt))) { handler in
            handler.resumption = nil
            handler.goOn()
        }
    }

    func goOn() {
        work()
        guard readIsHeld, mayRead else { return }
        readIsHeld = false
        context?.read()
    }
}

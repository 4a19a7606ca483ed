internal import Logging
internal import NIOCore
internal import TLSNIO

/// Peers that are gone, stalled or silent.
extension SessionHandler: WatchedPeer {
    func transport() -> Transport? {
        isConnected ? tls.descriptor.flatMap(Transport.init(of:)) : nil
    }

    func giveUp(_ verdict: PeerRecord.Verdict) {
        logger.debug("connection given up", metadata: ["peer": "\(member?.address ?? "")", "why": "\(verdict)"])
        // Bytes that nobody takes would be kept by the kernel for minutes more.
        context?.channel.resetWhenClosed()
        abort()
    }

    /// A member that says nothing for too long is told so, and leaves.
    func watchSilence() {
        guard shard.limits.silent > .zero, let loop = context?.eventLoop else { return }
        silence = Silence(limit: shard.limits.silent, loop: loop) { [weak self] in
            guard let self, state == .present, let member else { return }
            reply(member.outbound.silent(shard.limits.silent))
            leave(member)
        }
    }
}

import NIOCore
import NIOTLS
import TLS
import TLSNIO

/// What stands behind a ``TLSHandler``: notes all that it is told, in order, and can be made to react.
final class Application: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    enum Event: Equatable {
        case active, inactive, inputClosed, outputClosed, shutdownCompleted
        /// One or more reads in a row.
        case plaintext
        case established(String?)
        case isWritable(Bool)
        case failed(TLSError)
        case timedOut(TLSTimeout)
        case otherError(String)
    }

    private(set) var events: [Event] = []
    private(set) var plaintext: [UInt8] = []
    /// The capacity of each buffer that came.
    private(set) var capacities: [Int] = []
    /// Called after an event was noted.
    var reaction: ((Event, ChannelHandlerContext) -> Void)?

    var text: String { String(decoding: plaintext, as: UTF8.self) }

    var errors: [Event] {
        events.filter { event in
            switch event {
            case .failed, .timedOut, .otherError: true
            default: false
            }
        }
    }

    func channelActive(context: ChannelHandlerContext) { note(.active, context) }

    func channelInactive(context: ChannelHandlerContext) { note(.inactive, context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        plaintext += buffer.readableBytesView
        capacities.append(buffer.capacity)
        note(.plaintext, context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        note(.isWritable(context.channel.isWritable), context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted(let name): note(.established(name), context)
        case TLSUserEvent.shutdownCompleted: note(.shutdownCompleted, context)
        case ChannelEvent.inputClosed: note(.inputClosed, context)
        case ChannelEvent.outputClosed: note(.outputClosed, context)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let error as TLSError: note(.failed(error), context)
        case let error as TLSTimeout: note(.timedOut(error), context)
        default: note(.otherError(String(describing: error)), context)
        }
    }

    private func note(_ event: Event, _ context: ChannelHandlerContext) {
        if event != .plaintext || events.last != .plaintext { events.append(event) }
        reaction?(event, context)
    }
}

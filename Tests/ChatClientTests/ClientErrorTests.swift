import ChatWire
import Glibc
import NIOCore
import TLS
import TLSNIO
import Testing

@testable import ChatClient

/// What failures are taken for, and what their users are told.
@Suite struct ClientErrorTests {
    private static let here = Endpoint(host: "localhost")

    private func classify(_ error: any Error) -> ClientError {
        ClientError(error, Self.here, .dns("localhost"))
    }

    @Test func errorsOfTheSystemAreToldApart() {
        func io(_ code: Int32) -> ClientError { classify(IOError(errnoCode: code, reason: "connect")) }
        #expect(io(ECONNREFUSED) == .refused(Self.here))
        #expect(io(ETIMEDOUT) == .timedOut(Self.here))
        #expect(io(EHOSTUNREACH) == .unreachable(Self.here, "No route to host"))
        #expect(io(ENETUNREACH) == .unreachable(Self.here, "Network is unreachable"))
        #expect(io(ECONNRESET) == .noHandshake(Self.here, .truncated))
        #expect(io(EPIPE) == .noHandshake(Self.here, .truncated))
    }

    @Test func errorsOnTheWayToTheHandshakeAreToldApart() {
        #expect(classify(ChannelError.connectTimeout(.seconds(1))) == .timedOut(Self.here))
        #expect(classify(TLSTimeout.handshake) == .timedOut(Self.here))
        #expect(classify(ChannelError.eof) == .noHandshake(Self.here, .truncated))
        #expect(classify(TLSError.truncated) == .noHandshake(Self.here, .truncated))
        #expect(classify(TLSError.protocol([])) == .noHandshake(Self.here, .protocol([])))
        guard case .unreachable(Self.here, _) = classify(ChannelError.ioOnClosedChannel) else {
            Issue.record("\(classify(ChannelError.ioOnClosedChannel))")
            return
        }
    }

    @Test(arguments: [
        (ClientError.unknownHost("nowhere"), "there is no host called nowhere; check the spelling"),
        (.refused(here), "localhost:2022 refuses the connection; is conclaved running there, on that port?"),
        (.timedOut(here), "localhost:2022 does not answer; check the address, and firewalls on the way"),
        (.unreachable(here, "No route"), "localhost:2022 cannot be reached: No route; check the network"),
        (
            .noHandshake(here, .truncated),
            "localhost:2022 hung up during the TLS handshake; does conclaved listen on that port?"
        ),
        (
            .noHandshake(here, .protocol([])),
            "no TLS with localhost:2022: TLS failed: no reason given; does conclaved listen on that port?"
        ),
        (.notBelieved(here), "localhost:2022 is not believed, so nothing was sent to it"),
        (
            .otherFingerprint(here),
            "localhost:2022 shows another key than the one that you were told, so nothing was sent to it; ask again what "
                + "its fingerprint is, and if it is not this one, somebody sits between you and the server"
        ),
        (
            .knownHosts(path: "known_hosts", "known_hosts, line 3: this is not UTF-8"),
            "who is known cannot be looked up: known_hosts, line 3: this is not UTF-8"
        ),
        (.identity(path: "x", "x is not a file"), "your own key cannot be used: x is not a file"),
        (.cutOff(here), "the connection to localhost:2022 was cut off; what came last may be missing"),
        (.ended(here), "localhost:2022 ended the connection"),
        (
            .noStructuredProtocol(here),
            "localhost:2022 does not speak conclave/1; is its conclaved older than this client?"
        ),
        (.silent(here), "nothing has come from localhost:2022 for too long; check the network"),
        (
            .closing(here, Closing(.banned, "you are\u{7} banned")),
            "localhost:2022 ended the connection: you are\u{FFFD} banned (banned)"
        ),
        (
            .notUnderstood(here, "no seq"),
            "localhost:2022 sent what is not understood: no seq; is its conclaved newer than this client?"
        ),
    ])
    func eachIsToldInOneLine(error: ClientError, text: String) {
        #expect("\(error)" == text)
    }
}

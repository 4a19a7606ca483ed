internal import ChatCore
internal import Logging
internal import NIOConcurrencyHelpers
internal import NIOCore
internal import NIOPosix

/// Looks after a server's certificates while it runs.
struct CertificateWatch: Sendable {
    let certificates: ServerCertificates
    let clock: ServerClock
    let logger: Logger

    private let alarm = NIOLockedValueBox(ExpiryAlarm())

    init(_ certificates: ServerCertificates, clock: ServerClock, logger: Logger) {
        self.certificates = certificates
        self.clock = clock
        self.logger = logger
    }

    /// Looks at the files and the dates from time to time, on a thread that may block, until the task is cancelled.
    func start(on loop: any EventLoop, every interval: TimeAmount = .seconds(2)) -> RepeatedTask {
        loop.scheduleRepeatedAsyncTask(initialDelay: .zero, delay: interval) { _ in
            NIOThreadPool.singleton.runIfActive(eventLoop: loop) { look() }
        }
    }

    /// One such look.
    func look() {
        certificates.check(at: now)?.log(to: logger)
        let (now, logger) = (now, logger)
        guard let status = certificates.status(at: now) else { return }
        if alarm.withLockedValue({ $0.rings(status, at: now) }) { status.log(to: logger) }
    }

    /// Reads the files again, changed or not, and says what came of it.
    func reload() async {
        try? await NIOThreadPool.singleton.runIfActive {  // it is active as long as the process is
            certificates.reload(at: now).log(to: logger)
        }
    }

    private var now: Int64 { clock.now().milliseconds / 1000 }
}

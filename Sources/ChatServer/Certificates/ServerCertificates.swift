internal import ChatCore
internal import NIOConcurrencyHelpers
public import TLS

/// The certificates that a server shows, and all that its side of TLS is made of. They can be changed while it runs:
/// each connection is served with those of the moment when it comes, and keeps them.
public final class ServerCertificates: Sendable {
    /// What the files were when they were last read, or seen to be changing.
    private struct Watched {
        var seen: [FileStamp?]
        var changing: [FileStamp?]?
    }

    /// Taken for as long as it takes to read the files, so by nobody who serves anybody.
    private let watched: NIOLockedValueBox<Watched>
    /// Taken for a moment.
    private let current: NIOLockedValueBox<TLSContext>

    /// Certificates that are good already. The files that they were made of are read again when they change.
    public init(_ context: TLSContext) {
        current = NIOLockedValueBox(context)
        watched = NIOLockedValueBox(Watched(seen: Self.stamps(of: context.configuration)))
    }

    /// Reads all files, and makes sure that clients will take what is in them. Not for an event loop.
    /// - Parameter now: seconds since 1970.
    /// - Throws: ``TLS/TLSError`` for what cannot be used, and ``CertificateProblem`` for what nobody would accept.
    public init(reading configuration: TLSConfiguration, at now: Int64) throws {
        // Looked at first, or a change in between would be missed.
        watched = NIOLockedValueBox(Watched(seen: Self.stamps(of: configuration)))
        current = NIOLockedValueBox(try Self.make(configuration, at: now))
    }

    /// For the next connection. From any thread.
    public var context: TLSContext { current.withLockedValue { $0 } }

    /// How long they hold. From any thread; `now` is in seconds since 1970.
    public func status(at now: Int64) -> CertificateStatus? { CertificateStatus(of: context, at: now) }

    /// Reads all files again, and shows what is in them from now on, if it can be used. Not for an event loop.
    func reload(at now: Int64) -> CertificateNews {
        watched.withLockedValue { watched in
            watched = Watched(seen: Self.stamps(of: context.configuration))
            return read(at: now)
        }
    }

    /// Reads them if they have changed, and have then been left alone from one call to the next: certificate and key
    /// are two files, and change one after the other. Not for an event loop.
    func check(at now: Int64) -> CertificateNews? {
        watched.withLockedValue { watched in
            let stamps = Self.stamps(of: context.configuration)
            guard stamps != watched.seen else {
                watched.changing = nil
                return nil
            }
            guard stamps == watched.changing else {
                watched.changing = stamps
                return nil
            }
            watched = Watched(seen: stamps)
            return read(at: now)
        }
    }

    private func read(at now: Int64) -> CertificateNews {
        let old = context
        do {
            let new = try Self.make(old.configuration, at: now)
            current.withLockedValue { $0 = new }
            return .read(CertificateChange.between(old, new))
        } catch {
            return .refused(error)
        }
    }

    private static func make(_ configuration: TLSConfiguration, at now: Int64) throws -> TLSContext {
        let context = try TLSContext(configuration)
        try CertificateProblem.check(context, at: now)
        try context.rehearse()
        return context
    }

    private static func stamps(of configuration: TLSConfiguration) -> [FileStamp?] {
        configuration.files.map(FileStamp.init(of:))
    }
}

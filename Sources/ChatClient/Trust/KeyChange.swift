public import ChatCore

/// A server that shows another key than the one it should have.
public struct KeyChange: Sendable, Equatable {
    /// Those that it may have, with those that it has announced.
    public let expected: [KnownPin]
    /// nil: it has shown none that could be read.
    public let shown: KeyFingerprint?

    public init(expected: [KnownPin], shown: KeyFingerprint?) {
        self.expected = expected
        self.shown = shown
    }
}

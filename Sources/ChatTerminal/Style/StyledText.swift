internal import ChatCore

/// One line of text, in pieces that each look different.
///
/// Whatever its characters are, showing it moves no cursor and ends no line: what ``CleanText`` lets nobody say is not
/// shown either. The looks are escape sequences only in ``rendered(_:)``, and count for no width anywhere.
public struct StyledText: Sendable, Hashable, ExpressibleByStringInterpolation {
    public struct Run: Sendable, Hashable {
        public var text: String
        public var style: Style
    }

    /// Without empty ones; two neighbours have different styles.
    public private(set) var runs: [Run] = []

    public init() {}

    public init(_ text: String, _ style: Style = .plain) {
        append(text, style)
    }

    public init(stringLiteral text: String) {
        self.init(text)
    }

    public var isEmpty: Bool { runs.isEmpty }

    /// The text alone, as it was put in.
    public var string: String { runs.map(\.text).joined() }

    public mutating func append(_ text: String, _ style: Style = .plain) {
        guard !text.isEmpty else { return }
        if let last = runs.last, last.style == style {
            runs[runs.count - 1].text += text
        } else {
            runs.append(Run(text: text, style: style))
        }
    }

    public mutating func append(_ other: StyledText) {
        for run in other.runs {
            append(run.text, run.style)
        }
    }

    public static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.append(right)
        return sum
    }

    public static func += (left: inout StyledText, right: StyledText) {
        left.append(right)
    }

    /// What to write to show it, without a line's end. It begins and ends without attributes.
    public func rendered(_ depth: ColorDepth) -> String {
        var bytes = ""
        for run in runs {
            let escape = run.style.escape(depth)
            bytes += escape
            let text = CleanText(run.text).string
            bytes += run.style.isIsolated && Direction.runsLeft(text) ? "\u{2068}\(text)\u{2069}" : text
            if !escape.isEmpty { bytes += "\u{1B}[0m" }
        }
        return bytes
    }
}

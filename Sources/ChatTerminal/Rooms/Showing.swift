public import ChatCore

/// What comes of a happening: rows to show above the prompt, and how loud it is.
public struct Showing: Sendable, Equatable {
    /// Not wider than the look's width, but for links.
    public var rows: [StyledText] = []
    /// Whether the user is called: somebody has said the user's name, or whispers.
    public var rings = false
    /// What a notification on the desktop would say.
    public var alert: Alert?

    public init(rows: [StyledText] = [], rings: Bool = false, alert: Alert? = nil) {
        (self.rows, self.rings, self.alert) = (rows, rings, alert)
    }

    public struct Alert: Sendable, Equatable {
        public var title: String
        public var text: CleanText

        public init(title: String, text: CleanText) {
            (self.title, self.text) = (title, text)
        }
    }

    static func + (left: Showing, right: Showing) -> Showing {
        Showing(
            rows: left.rows + right.rows,
            rings: left.rings || right.rings,
            alert: right.alert ?? left.alert
        )
    }
}

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
        /// How many there are, of which this is the last.
        public var count = 1

        public init(title: String, text: CleanText) {
            (self.title, self.text) = (title, text)
        }
    }

    /// What comes of something that happened next.
    public static func += (left: inout Showing, right: Showing) {
        left.rows += right.rows
        left.rings = left.rings || right.rings
        guard var alert = right.alert else { return }
        alert.count += left.alert?.count ?? 0
        left.alert = alert
    }

    static func + (left: Showing, right: Showing) -> Showing {
        var sum = left
        sum += right
        return sum
    }
}

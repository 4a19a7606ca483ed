public import ChatCore

/// How a user wants to see the chat.
public struct Look: Sendable {
    /// What stands before a line.
    public enum Time: String, Sendable, CaseIterable {
        /// `10:31`.
        case clock
        /// How old it was when it was shown, if it was: `5m`. What is written is not written anew.
        case relative
        case off
    }

    /// How many columns a row may fill. Give one less than the terminal has: the last column then never holds a row that
    /// the terminal and we count differently, and selecting text does not join rows.
    public var width: Int
    public var texts: Texts
    public var time: Time
    /// Seconds east of UTC where the user is, at a moment.
    public var utcOffset: @Sendable (Timestamp) -> Int
    /// Nothing about who enters, leaves and is renamed.
    public var isQuiet = false
    /// What one says oneself is shown too.
    public var showsOwn = true

    public init(
        width: Int,
        texts: Texts = Texts(.english),
        time: Time = .clock,
        utcOffset: @escaping @Sendable (Timestamp) -> Int
    ) {
        (self.width, self.texts, self.time, self.utcOffset) = (width, texts, time, utcOffset)
    }

    /// What `/quiet`, `/echo` and `/time` do.
    public mutating func change(_ change: ViewChange) {
        switch change {
        case .quiet(let isOn): isQuiet = isOn
        case .echo(let isOn): showsOwn = isOn
        case .time(let isOn): time = isOn ? (time == .off ? .clock : time) : .off
        }
    }

    func date(_ moment: Timestamp) -> CivilTime { CivilTime(moment, utcOffset: utcOffset(moment)) }

    /// The time of something, as it stands before its line; empty if it does not.
    func stamp(_ moment: Timestamp, now: Timestamp) -> String {
        switch time {
        case .clock: return date(moment).clock
        case .off: return ""
        case .relative:
            // Clocks differ: what is of the future is of now.
            let (age, _) = now.milliseconds.subtractingReportingOverflow(moment.milliseconds)
            return age < 60_000 ? "" : texts.age(Int(age / 1000))
        }
    }
}

/// What is said to one connection alone before it is closed, for no fault in what it said.
extension TextCodec {
    /// Told to whoever finds no place, before it has entered.
    public static let full = "* the server is full; try again later\n"

    /// Told to a member that has said nothing for so long, in whole minutes if it is that.
    public static func silent(seconds: Int64) -> String {
        let (count, unit) = seconds.isMultiple(of: 60) ? (seconds / 60, "minute") : (seconds, "second")
        return "* goodbye: you said nothing for \(count) \(unit)\(count == 1 ? "" : "s")\n"
    }
}

/// How many messages a closed loop may have on their way.
///
/// A message is on its way until it has reached every receiver on average: those that are quick make room for more
/// although a slow one still waits.
struct Window: Equatable {
    /// Messages in flight, in all.
    let size: Int

    /// How many messages may be sent now.
    /// - Parameters:
    ///   - outstanding: deliveries that are still to come.
    ///   - receivers: deliveries that each message makes.
    func room(outstanding: Int, receivers: Int) -> Int {
        receivers > 0 ? max(0, (size * receivers - outstanding) / receivers) : 0
    }
}

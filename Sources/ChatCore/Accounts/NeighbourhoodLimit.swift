/// How often something may be done from one address, or one IPv6 network, within a span of time.
struct NeighbourhoodLimit {
    /// 0: any number.
    let most: Int
    /// How long a span is, in seconds. It begins with the first time.
    let seconds: Int
    /// How many neighbourhoods are remembered; beyond that, the one that began longest ago is forgotten.
    var capacity = 4096

    private var spans: [AddressRange: (count: Int, since: Timestamp)] = [:]

    init(_ most: Int, seconds: Int) {
        (self.most, self.seconds) = (most, seconds)
    }

    /// Whether it may be done once more.
    func allows(_ address: Address?, at now: Timestamp) -> Bool {
        guard most > 0, let address, let span = spans[.neighbourhood(of: address)], isOpen(span.since, now) else {
            return true
        }
        return span.count < most
    }

    mutating func count(_ address: Address?, at now: Timestamp) {
        guard most > 0, let address else { return }
        let place = AddressRange.neighbourhood(of: address)
        if let span = spans[place], isOpen(span.since, now) {
            spans[place] = (span.count + 1, span.since)
        } else {
            if spans[place] == nil, spans.count >= capacity { forget(at: now) }
            spans[place] = (1, now)
        }
    }

    private mutating func forget(at now: Timestamp) {
        spans = spans.filter { isOpen($0.value.since, now) }
        guard spans.count >= capacity, let oldest = spans.min(by: { $0.value.since < $1.value.since }) else { return }
        spans[oldest.key] = nil
    }

    private func isOpen(_ since: Timestamp, _ now: Timestamp) -> Bool {
        now < since.adding(seconds: seconds)
    }
}

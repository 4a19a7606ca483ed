internal import ChatCore

/// TLS handshakes that are not complete, each in two rows by age: that of all, and that of its neighbourhood.
struct Unfinished<Handle: Sendable>: Sendable {
    private var entries: [UInt64: Entry] = [:]
    private var all = Row()
    private var own: [AddressRange: Row] = [:]

    var count: Int { all.count }

    func count(of neighbour: AddressRange) -> Int { own[neighbour]?.count ?? 0 }

    /// - Parameters:
    ///   - number: anything but 0, and never given twice.
    ///   - neighbour: nil for one that stands in the row of all alone.
    mutating func append(_ number: UInt64, _ handle: Handle, of neighbour: AddressRange?) {
        entries[number] = Entry(handle: handle, neighbour: neighbour)
        all.append(number, .all, in: &entries)
        if let neighbour { own[neighbour, default: Row()].append(number, .own, in: &entries) }
    }

    /// - Returns: nil if it is not here.
    mutating func remove(_ number: UInt64) -> Handle? {
        guard let entry = entries.removeValue(forKey: number) else { return nil }
        all.remove(entry, .all, in: &entries)
        if let neighbour = entry.neighbour {
            own[neighbour]?.remove(entry, .own, in: &entries)
            if count(of: neighbour) == 0 { own[neighbour] = nil }
        }
        return entry.handle
    }

    mutating func removeOldest() -> Handle? { remove(all.oldest) }

    mutating func removeOldest(of neighbour: AddressRange) -> Handle? {
        own[neighbour].flatMap { remove($0.oldest) }
    }

    /// Which of its two rows.
    private enum Place { case all, own }

    private struct Entry: Sendable {
        let handle: Handle
        let neighbour: AddressRange?
        private var inAll = Links()
        private var inOwn = Links()

        init(handle: Handle, neighbour: AddressRange?) {
            (self.handle, self.neighbour) = (handle, neighbour)
        }

        /// Not by key path: in a generic type each use makes a new one, which takes 17,000 instructions.
        subscript(place: Place) -> Links {
            get { place == .all ? inAll : inOwn }
            set { if place == .all { inAll = newValue } else { inOwn = newValue } }
        }
    }

    /// Who stands beside one; 0 is nobody.
    private struct Links: Sendable {
        var older: UInt64 = 0
        var newer: UInt64 = 0
    }

    private struct Row: Sendable {
        private(set) var oldest: UInt64 = 0
        private(set) var newest: UInt64 = 0
        private(set) var count = 0

        mutating func append(_ number: UInt64, _ place: Place, in entries: inout [UInt64: Entry]) {
            entries[newest]?[place].newer = number
            entries[number]?[place].older = newest
            newest = number
            if count == 0 { oldest = number }
            count += 1
        }

        mutating func remove(_ entry: Entry, _ place: Place, in entries: inout [UInt64: Entry]) {
            let (older, newer) = (entry[place].older, entry[place].newer)
            entries[older]?[place].newer = newer
            entries[newer]?[place].older = older
            if older == 0 { oldest = newer }
            if newer == 0 { newest = older }
            count -= 1
        }
    }
}

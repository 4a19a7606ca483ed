public import ChatCore
internal import ChatWire
internal import GRDB

/// Writes out a history as lines, while a server may be running. What is forgotten stays forgotten.
public struct HistoryExport: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        /// A JSON object on each line; what ``HistoryImport`` reads.
        case jsonl
        /// For people.
        case text
    }

    public var format: Format
    /// nil: all.
    public var room: RoomName?
    /// Nothing older than this.
    public var since: Timestamp?

    public init(_ format: Format, room: RoomName? = nil, since: Timestamp? = nil) {
        (self.format, self.room, self.since) = (format, room, since)
    }

    /// - Parameter output: is given whole lines, some at a time.
    public func run(on directory: DataDirectory, to output: @escaping ([UInt8]) throws -> Void) throws(StoreError) {
        try HistoryFile(directory).read { database in
            // Whatever is wrong with a sanction, it is not for an export to say when it ends.
            let saved = try SavedReader(database: database, now: Timestamp(milliseconds: .min)).rooms()
            let rooms = saved.filter { room == nil || $0.record.name == room }
            if let room, rooms.isEmpty {
                throw StoreError.unusable(path: directory.path, reason: "there is no room \(room)")
            }
            var buffer = Buffer(output)
            if format == .jsonl { try buffer.add(Line.header) }
            for room in rooms { try write(room, from: database, to: &buffer) }
            // Those who may be somebody in any room are no part of one.
            if format == .jsonl, room == nil {
                for account in try AccountReader.accounts(in: database) { try buffer.add(Line.account(account)) }
            }
            if format == .jsonl {
                try buffer.add(Line.end(lastMember: Meta.get(.lastMember, on: database) ?? 0))
            }
            try buffer.flush()
        }
    }

    private func write(_ room: SavedChat.Room, from database: Database, to buffer: inout Buffer) throws {
        if format == .jsonl {
            try buffer.add(Line.room(room))
            for ban in room.bans { try buffer.add(Line.sanction(.ban, ban, in: room.record)) }
            for mute in room.mutes { try buffer.add(Line.sanction(.mute, mute, in: room.record)) }
        }
        guard let keys = EventKey.range(room.record.id) else { return }
        let reader = try RoomReader(room.record.id, in: database)
        guard !reader.isGone else { return }
        let rows = try Prepared(
            "SELECT \(EventReader.columns) FROM event WHERE key BETWEEN ? AND ? ORDER BY key",
            on: database
        )
        rows.bind([keys.lowerBound, keys.upperBound])
        defer { rows.reset() }
        // From the first that is not too old on, so that no number is missing between two.
        var hasBegun = since == nil
        while try rows.step() {
            guard let event = reader.event(rows) else { continue }
            hasBegun = hasBegun || since.map { event.at >= $0 } ?? true
            guard hasBegun else { continue }
            switch format {
            case .jsonl: try buffer.add(Line.event(event, in: room.record))
            case .text: try buffer.add(Line.text(event, in: room.record))
            }
        }
    }

    /// Collects lines, so that not each is written by itself.
    private struct Buffer {
        private var bytes: [UInt8] = []
        private let output: ([UInt8]) throws -> Void

        init(_ output: @escaping ([UInt8]) throws -> Void) {
            self.output = output
        }

        mutating func add(_ line: String) throws {
            bytes += line.utf8
            bytes.append(UInt8(ascii: "\n"))
            if bytes.count >= 1 << 16 { try flush() }
        }

        mutating func add(_ line: JSON) throws {
            line.write(into: &bytes)
            bytes.append(UInt8(ascii: "\n"))
            if bytes.count >= 1 << 16 { try flush() }
        }

        mutating func flush() throws {
            try output(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
    }
}

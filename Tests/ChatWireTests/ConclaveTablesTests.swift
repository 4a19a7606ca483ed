import ChatCore
import Foundation
import Testing

@testable import ChatWire

/// What the tables of the protocol's page name is what there is.
@Suite struct ConclaveTablesTests {
    private struct Row {
        /// What the first cell names.
        let names: [String]
        /// What the second cell says, and what it names.
        let cell: String
        var words: Set<String> { Set(ConclaveTablesTests.words(cell)) }
    }

    private static func words(_ text: some StringProtocol) -> [String] {
        String(text).matches(of: /`([a-z_-]+)`?/).map { String($0.output.1) }
    }

    /// The rows of all tables between two headings of the page.
    private static func rows(from heading: String, to end: String) throws -> [Row] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let page = try String(
            contentsOf: root.appending(path: "Sources/ChatWire/ChatWire.docc/Conclave1.md"),
            encoding: .utf8
        )
        let section = try #require(page.split(separator: "\n## " + heading).last?.split(separator: "\n" + end).first)
        return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            return Row(names: words(cells[1]), cell: String(cells[2]))
        }
    }

    @Test func `each op of the page is known, and there are no others`() throws {
        let named = try Self.rows(from: "Requests", to: "### Entering").flatMap(\.names)
        #expect(Set(named).count == named.count)
        #expect(Set(named) == Set(StructuredOperationName.allCases.map(\.rawValue)))
    }

    @Test func `each op reads the fields that the page names, and no others`() throws {
        let values: [String: JSON] = [
            "room": .string("den"), "nick": .string("bob"), "text": .string("t"), "to": .integer(2), "who": .integer(2),
            "after": .integer(1), "label": .string("eve"), "seconds": .integer(9), "on": .bool(true),
            "name": .string("root"), "password": .string("p"),
            "key": .string("sha256:" + String(repeating: "0", count: 64)),
        ]
        for row in try Self.rows(from: "Requests", to: "### Entering") {
            // What stands in brackets may be left out.
            let needed = row.cell.replacing(/\[[^\]]*\]/, with: "").split(separator: ":").first.map { _ in
                Self.words(row.cell.replacing(/\[[^\]]*\]/, with: "")).filter { values[$0] != nil }
            }
            for name in row.names {
                let members = (needed ?? []).map { JSON.Member($0, values[$0] ?? .null) }
                #expect(Self.code(of: name, members) == nil, "\(name) needs more than \(members.map(\.name))")
                for left in members.indices where !(name == "ban" && members[left].name == "who") {
                    var fewer = members
                    fewer.remove(at: left)
                    #expect(Self.code(of: name, fewer) == .missingField, "\(name) without \(members[left].name)")
                }
            }
        }
    }

    private static func code(of name: String, _ members: [JSON.Member]) -> StructuredError.Code? {
        var bytes: [UInt8] = []
        JSON.object([JSON.Member("op", .string(name))] + members).write(into: &bytes)
        do {
            _ = try StructuredRequest(bytes.span.bytes)
            return nil
        } catch {
            return error.error.code
        }
    }

    /// One of each that a server can say without having been asked.
    private static func frames() throws -> [JSON] {
        let (alice, bob) = (Author(MemberID(1), name: try Nickname("alice")), Author(MemberID(2)))
        let text = CleanText("text")
        let bodies: [Event.Body] = [
            .entered(alice), .left(alice), .said(alice, text), .acted(alice, text), .renamed(from: alice, to: bob),
            .topic(text, by: alice), .announced(text, by: alice), .ruled(.kicked(bob, reason: text), by: alice),
            .ruled(.banned(bob, seconds: 9, reason: text), by: alice), .ruled(.muted(bob, seconds: 9), by: alice),
            .ruled(.unmuted(bob), by: alice), .ruled(.moderator(bob, true), by: alice),
            .ruled(.slow(seconds: 9), by: alice), .ruled(.lockdown(true), by: alice),
            .ruled(.isPrivate(true), by: alice), .forgotten(alice), .forgot(alice),
        ]
        let events = bodies.map { body in
            let at = Timestamp(milliseconds: 0)
            return StructuredFrame.event(RoomEvent(room: .lobby, sequence: 1, at: at, body: body, id: MessageID("a")))
        }
        var random = SystemRandomNumberGenerator()
        var welcome = StructuredWelcome(
            server: "s",
            member: MemberID(1),
            session: SessionSecret(using: &random),
            address: "a",
            key: KeyFingerprint([UInt8](repeating: 7, count: 32)),
            limits: StructuredWelcome.Limits(line: 1, frame: 1, messages: 1, burst: 1, rooms: 1)
        )
        welcome.nextPin = NextPin(
            pin: try #require(KeyFingerprint([UInt8](repeating: 1, count: 32))),
            key: [],
            signatures: []
        )
        let others: [StructuredFrame] = [
            .welcome(welcome), .whispered(from: alice, text), .gap(.lobby, after: 1, missed: 1),
            .notice(.invited(.lobby, by: alice)), .notice(.removed(.lobby, by: alice, reason: text, isBan: true)),
            .notice(.name(try Nickname("alice"), isKept: true, message: "kept")), .notice(.unread(1)),
            .notice(.silent(seconds: 1)), .closing(Closing(.bye, "bye")),
        ]
        return try (events + others).map { frame in
            var bytes: [UInt8] = []
            frame.encode(into: &bytes)
            return try JSON(bytes.span.bytes, limits: .reply)
        }
    }

    @Test func `each event of the page can be said, with these fields, and there are no others`() throws {
        let rows = try Self.rows(from: "Events", to: "`limits` are ")
        let frames = try Self.frames()
        #expect(Set(rows.flatMap(\.names)) == Set(frames.compactMap { $0["event"]?.string }))
        for frame in frames where frame["event"]?.string != "notice" {
            let row = try #require(rows.first { $0.names == [frame["event"]?.string ?? ""] })
            guard case .object(let members) = frame else { continue }
            #expect(Set(members.map(\.name)).subtracting(["event"]).isSubset(of: row.words), "\(frame)")
        }
        for row in rows where row.names != ["notice"] {
            let fields = frames.filter { $0["event"]?.string == row.names[0] }.flatMap { frame in
                guard case .object(let members) = frame else { return [String]() }
                return members.map(\.name)
            }
            let named = row.words.subtracting(["kicked", "banned", "duplicate"])
            #expect(named.isSubset(of: fields), "\(row.names): \(named.subtracting(fields))")
        }
    }

    @Test func `each kind of notice on the page can be said, with these fields, and there are no others`() throws {
        let rows = try Self.rows(from: "Events", to: "The reasons of").filter { !$0.names.isEmpty }
        let kinds = try Self.frames().filter { $0["event"]?.string == "notice" }
        let named = rows.flatMap(\.names).drop { $0 != "closing" }.dropFirst()
        #expect(Set(named) == Set(kinds.compactMap { $0["kind"]?.string }))
        for kind in kinds {
            guard case .object(let members) = kind, let name = kind["kind"]?.string else { continue }
            let row = try #require(rows.last { $0.names.contains(name) })
            let general: Set = ["event", "kind", "room", "seq", "at", "by"]
            let fields = Set(members.map(\.name))
            #expect(fields.subtracting(general).isSubset(of: row.words), "\(name)")
            #expect(row.words.subtracting(["kicked", "banned"]).isSubset(of: fields), "\(name)")
            #expect((kind["seq"] != nil) == (kind["at"] != nil))
        }
    }
}

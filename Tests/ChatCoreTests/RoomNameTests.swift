import ChatCore
import Testing

@Suite struct RoomNameTests {
    @Test(arguments: ["lobby", "2026", "1", "O", "the", "admin", "кухня", "a.b-c_d", "台所"])
    func `a room can be called so, with # or without`(name: String) throws {
        let room = try RoomName(name)
        #expect(room.text == name)
        #expect(room.description == "#" + name)
        #expect(try RoomName("#" + name) == room)
        #expect(try RoomName("#" + name).text == name)
    }

    @Test func `names with one key are one room`() throws {
        #expect(try RoomName("#Lobby") == .lobby)
        #expect(try RoomName("lоbbу") == .lobby)  // with Cyrillic letters
        #expect(try RoomName("2026") == RoomName("２０２６"))
        #expect(try RoomName("hall") != .lobby)
        #expect(try Set([RoomName.lobby, RoomName("LOBBY"), RoomName("hall")]).count == 2)
        #expect(RoomName.lobby.description == "#lobby")
    }

    @Test(
        arguments: [
            ("", .empty), ("#", .empty), ("##lobby", .forbidden("#")), ("lobby#", .forbidden("#")),
            ("# a", .forbidden(" ")),
            ("#\u{301}a", .beginsWithMark), ("＃a", .forbidden("＃")),
            ("#" + String(repeating: "a", count: 33), .tooLong),
        ] as [(String, NameProblem)]
    )
    func `what cannot be a room says why`(name: String, problem: NameProblem) {
        #expect(throws: problem) { try RoomName(name) }
    }

    @Test func `the # is not counted`() throws {
        #expect(try RoomName("#" + String(repeating: "a", count: 32)).text.count == 32)
    }
}

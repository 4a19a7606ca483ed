import Testing

@testable import ChatCore

@Suite struct NicknameTests {
    @Test(
        arguments: [
            "a", "Alice", "alice.smith", "R2-D2", "x_y", "-", "a1", "1a", "B52", "Oli", "lol", "Lo", "Lilo", "Миша",
            "Ποσειδών",
            "דוד", "محمد", "किरण", "สมชาย", "さくら", "ハナ", "王伟", "민준", "José", "Zoë", "Đặng", "ẞ", "user2", "lobby",
            "admins",
            "myself", "alles", "roots",
        ]
    )
    func `people can go by these`(name: String) throws {
        let nickname = try Nickname(name)
        #expect(nickname.text.scalars == Normalization.nfc(name).scalars)
        #expect(nickname.description.scalars == nickname.text.scalars)
    }

    @Test func `a name is kept in NFC, and otherwise as it was written`() throws {
        #expect(try Nickname("Jose\u{301}").text.scalars == "Jos\u{E9}".scalars)
        #expect(try Nickname("ＡliCe").text.scalars == "ＡliCe".scalars)
    }

    @Test func `names with one key are equal, and one of them is enough for a set`() throws {
        #expect(try Nickname("Alice") == Nickname("аLICE"))
        #expect(try Nickname("Alice") != Nickname("Alicia"))
        #expect(try Set(["Alice", "ALICE", "A1ice", "Bob"].map { try Nickname($0) }).count == 2)
    }

    @Test(
        arguments: [
            ("32 characters", String(repeating: "a", count: 32), nil),
            ("33 characters", String(repeating: "a", count: 33), .tooLong),
            ("32 characters of 64 scalars", String(repeating: "q\u{301}", count: 32), nil),
            ("63 scalars and 32 characters", String(repeating: "q\u{301}", count: 31) + "q", nil),
            ("65 scalars and 32 characters", String(repeating: "q\u{301}", count: 31) + "q\u{301}\u{302}", .tooLong),
            ("128 bytes", String(repeating: "𠀀", count: 32), nil),
            ("129 bytes and 32 characters", String(repeating: "𠀀", count: 31) + "王\u{301}", .tooLong),
            ("three marks", "a\u{323}\u{330}\u{331}", nil),
            ("three marks of which one joins the letter", "q\u{301}\u{302}\u{303}", nil),
            ("four marks", "q\u{301}\u{302}\u{303}\u{304}", .tooManyMarks),
            ("four marks of which one joins the letter", "e\u{301}\u{302}\u{303}\u{304}", nil),
            ("three marks twice", "q\u{301}\u{302}\u{303}q\u{301}\u{302}\u{303}", nil),
            ("many syllables, decomposed", String(repeating: "\u{1112}\u{1161}\u{11AB}", count: 32), nil),
            ("one more", String(repeating: "\u{1112}\u{1161}\u{11AB}", count: 33), .tooLong),
            ("nothing", "", .empty),
            ("a mark first", "\u{301}a", .beginsWithMark),
            ("a mark that takes room first", "\u{93E}क", .beginsWithMark),
            ("a megabyte", String(repeating: " ", count: 1 << 20), .tooLong),
        ] as [(String, String, NameProblem?)]
    )
    func `each limit, and one beyond`(what: String, name: String, problem: NameProblem?) {
        #expect(Self.problem(name) == problem)
        #expect(Self.roomProblem(name) == problem)
    }

    @Test(
        arguments: [
            "1", "0", "2026", "00", "007", "١٢٣", "۴۲", "१२", "𝟏𝟐", "１２", "1१", "1\u{301}2", "1.0", "-7", "10.",
            "1_000",
            "lO", "IO", "ll", "I", "O", "l0", "О0", "З", "б7", "Ｉ", "𝗜𝗢", "ا١", "1-l",
        ]
    )
    func `what reads as a number is none`(name: String) {
        #expect(Self.problem(name) == .number)
        #expect(Self.roomProblem(name) == nil)
    }

    @Test(
        arguments: [
            "user", "the", "you", "server", "operator", "admin", "moderator", "everyone", "all", "me", "system",
            "conclave",
            "conclaved", "root", "private", "welcome", "User", "ADMIN", "аdmin", "adrnin", "adm1n", "ｒｏｏｔ", "r00t",
            "R\u{41E}OT",
            "rne", "a11", "aII", "sуstem", "WELC0ME", "𝐚𝐝𝐦𝐢𝐧",
        ]
    )
    func `the server's own words are taken`(name: String) {
        #expect(Self.problem(name) == .reserved)
        #expect(Self.roomProblem(name) == nil)
    }

    static func problem(_ name: String) -> NameProblem? {
        do throws(NameProblem) {
            _ = try Nickname(name)
            return nil
        } catch { return error }
    }

    static func roomProblem(_ name: String) -> NameProblem? {
        do throws(NameProblem) {
            _ = try RoomName(name)
            return nil
        } catch { return error }
    }
}

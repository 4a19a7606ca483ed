import ChatCore
import ChatWire
import Testing

@Suite struct StructuredErrorTests {
    private static let tea = (try? RoomName("tea")) ?? .lobby
    private static let alice = Author(MemberID(1))

    private static let refusals: [(Refusal, StructuredError.Code)] = [
        (.nowhere, .notInRoom), (.notIn(tea), .notInRoom), (.alreadyIn(tea), .refused),
        (.alreadyHere(alice, tea), .refused),
        (.mayNotEnter(tea), .mayNotEnter),
        (.mayNotEnter(.lobby), .mayNotEnter), (.roomIsFull(tea, limit: 3), .roomFull),
        (.tooManyRooms(limit: 3), .tooManyRooms), (.inTooManyRooms(limit: 3), .inTooManyRooms),
        (.noSuchMember("bob"), .noSuchMember), (.thatIsYou, .thatIsYou), (.nobodyToAnswer, .noSuchMember),
        (.hasLeft(alice), .noSuchMember), (.muted(tea, seconds: 5), .muted), (.muted(tea, seconds: nil), .muted),
        (.slow(tea, seconds: 5), .slow), (.noteTooLong(limit: 400), .tooLong), (.onlyModerators(tea), .notModerator),
        (.onlyModerators(.lobby), .notOperator), (.onlyOperators, .notOperator), (.isProtected(alice), .protected),
        (.lobbyStaysPublic, .refused), (.noSuchBan("bob"), .noSuchBan), (.tooMany("bans", limit: 5), .tooMany),
        (.onlyOperatorsBanAddresses, .notOperator), (.noSuchMute("bob"), .noSuchMute), (.notHere(alice, tea), .notHere),
        (.moderatesAlready(alice), .moderatesAlready), (.moderatesNot(alice), .moderatesNot),
        (.lobbyHasOperators, .refused), (.nameIsCertified, .nameCertified), (.noKey, .noKey), (.noAccount, .noAccount),
        (.hasAccount, .hasAccount), (.wrongCode, .wrongCode), (.tooManyCodes, .tooManyCodes),
        (.membersOnly(nil), .membersOnly),
        (.membersOnly(KeyFingerprint([UInt8](repeating: 7, count: 32))), .membersOnly),
        (.notVerifiable(nil), .notVerifiable), (.notVerifiable(alice), .notVerifiable),
    ]

    @Test func `each refusal has its code, and tells a program of no commands`() {
        for (refusal, code) in Self.refusals {
            let error = StructuredError(refusal)
            #expect(error.code == code, "\(refusal)")
            #expect(!error.message.isEmpty)
            #expect(!error.message.contains("/"), "\(error.message)")
            #expect(!error.message.contains("NAME"), "\(error.message)")
            #expect(error.position == nil)
        }
    }

    @Test func `names are refused with their codes`() throws {
        let name = try Nickname("alice")
        #expect(StructuredError(.nameTaken(name)).code == .nameTaken)
        #expect(StructuredError(.alreadyNamed(name)).code == .alreadyNamed)
        #expect(StructuredError(.nameReserved(name)).code == .nameReserved)
        #expect(StructuredError(.notReserved(name)).code == .notReserved)
        let range = try #require(AddressRange("127.0.0.0/8"))
        #expect(StructuredError(.everybodysAddresses(range)).code == .refused)
    }

    @Test func `how long to wait is told where it helps`() {
        #expect(StructuredError(.muted(Self.tea, seconds: 5)).seconds == 5)
        #expect(StructuredError(.muted(Self.tea, seconds: nil)).seconds == nil)
        #expect(StructuredError(.slow(Self.tea, seconds: 7)).seconds == 7)
    }

    @Test func `what is told of a command is its reason, without how it is typed`() {
        let problem = CommandProblem("that password is wrong", usage: "/oper NAME PASSWORD")
        #expect(StructuredError(problem) == StructuredError(.refused, "that password is wrong"))
    }
}

public import ChatCore

extension StructuredError {
    /// What the rooms have refused, told to a program: its user types no commands.
    public init(_ refusal: Refusal) {
        self.init(Self.code(of: refusal), Self.message(of: refusal), seconds: Self.seconds(of: refusal))
    }

    /// A command that was not understood, or not done.
    public init(_ problem: CommandProblem) {
        self.init(.refused, problem.reason)
    }

    private static func code(of refusal: Refusal) -> Code {
        switch refusal {
        case .nowhere, .notIn: .notInRoom
        case .mayNotEnter: .mayNotEnter
        case .roomIsFull: .roomFull
        case .tooManyRooms: .tooManyRooms
        case .inTooManyRooms: .inTooManyRooms
        case .noSuchMember, .nobodyToAnswer, .hasLeft: .noSuchMember
        case .notHere: .notHere
        case .thatIsYou: .thatIsYou
        case .nameTaken: .nameTaken
        case .alreadyNamed: .alreadyNamed
        case .muted: .muted
        case .slow: .slow
        case .noteTooLong: .tooLong
        case .onlyModerators(.lobby), .onlyOperators, .onlyOperatorsBanAddresses: .notOperator
        case .onlyModerators: .notModerator
        case .isProtected: .protected
        case .noSuchBan: .noSuchBan
        case .noSuchMute: .noSuchMute
        case .tooMany: .tooMany
        case .moderatesAlready: .moderatesAlready
        case .moderatesNot: .moderatesNot
        case .idReused: .idReused
        case .notFresh: .notFresh
        case .notKept: .notKept
        case .notReadable: .notReadable
        case .nameReserved: .nameReserved
        case .notReserved: .notReserved
        case .nameIsCertified: .nameCertified
        case .noKey: .noKey
        case .noAccount: .noAccount
        case .hasAccount: .hasAccount
        case .wrongCode: .wrongCode
        case .tooManyCodes: .tooManyCodes
        case .membersOnly: .membersOnly
        case .notVerifiable: .notVerifiable
        case .nothingToForget, .alreadyIn, .alreadyHere, .everybodysAddresses, .lobbyStaysPublic, .lobbyHasOperators:
            .refused
        }
    }

    /// As people are told it, but for what they would be told to type.
    private static func message(of refusal: Refusal) -> String {
        switch refusal {
        case .nowhere: "you are in no room"
        case .tooManyRooms(let limit): "there are \(limit) rooms, and there cannot be more"
        case .noSuchMember(let name): "there is nobody called `\(name)`"
        case .nobodyToAnswer: "nobody has sent you a private message yet"
        case .onlyModerators(.lobby): "only operators may do that in \(RoomName.lobby)"
        case .onlyOperators: "only operators may do that"
        case .noSuchBan(let label): "there is no ban on \(label)"
        case .onlyOperatorsBanAddresses: "only operators may ban addresses; ban a member instead"
        case .lobbyHasOperators: "in \(RoomName.lobby) only operators moderate"
        case .noKey: "you have shown no key"
        case .noAccount: "your key has no account yet; a name that you take is kept for it"
        case .hasAccount: "your key has an account of its own; release its names first, and then link it to another"
        case .wrongCode: "that code is wrong, used or too old"
        case .membersOnly(let key?): "only members may come in; ask an operator to admit your key \(key), or link it"
        case .membersOnly(nil): "only members may come in, who have a key; connect with yours"
        default: refusal.description
        }
    }

    private static func seconds(of refusal: Refusal) -> Int? {
        switch refusal {
        case .muted(_, let seconds): seconds
        case .slow(_, let seconds): seconds
        default: nil
        }
    }
}

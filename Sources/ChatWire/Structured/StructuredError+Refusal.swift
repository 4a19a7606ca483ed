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

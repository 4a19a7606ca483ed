internal import ChatCore
internal import ChatWire

/// What a connection says in the text protocol.
final class TextInbound: InboundCodec {
    private var decoder: TextDecoder

    init(_ limits: ServerLimits) {
        decoder = TextDecoder(lineLimit: limits.lineBytes)
    }

    func arrival(of visitor: Visitor) -> Action { .arrive(visitor) }

    func feed(_ bytes: RawSpan, _ found: (consuming Input, Int) -> Bool) -> Int {
        decoder.feed(bytes) { (input: consuming TextInput, length: Int) in found(Input(input), length) }
    }

    func finish(_ found: (Input) -> Void) {
        decoder.finish { found(Input($0)) }
    }
}

extension Input {
    fileprivate init(_ input: TextInput) {
        switch input {
        case .request(.nothing): self = .nothing
        case .request(.say(let text)): self = .ask(.say(text), in: nil, cost: 1)
        case .request(.command(let request, let spec)): self = Self.command(request, cost: spec.cost)
        case .request(.problem(let problem)): self = .ask(.aside(.problem(problem)), in: nil, cost: 1)
        case .tooLong: self = .ask(.aside(.tooLong), in: nil, cost: 1)
        case .foreign: self = .foreign
        }
    }

    private static func command(_ request: Request, cost: Int64) -> Input {
        switch request {
        case .act(let action): .ask(action, in: nil, cost: cost)
        case .becomeOperator(let account, let password):
            .becomeOperator(account: account, password: password, cost: cost)
        case .quit: .leave(isAnswered: false)
        }
    }
}

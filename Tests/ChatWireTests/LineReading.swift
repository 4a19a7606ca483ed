import ChatCore

/// What a client that knows only the protocol's lines takes a line for.
indirect enum LineReading: Equatable {
    case said(String, [UInt8])
    case acted(String, [UInt8])
    case entered(String)
    case left(String)
    case whisper(String, [UInt8])
    case receipt(String, [UInt8])
    case past(LineReading)
    /// Anything that the server says itself.
    case server
    case welcome
    case nothing

    init(_ line: String) {
        let bytes = Array(line.utf8)
        // By bytes: for Swift, a mark that follows a sign makes another character of it.
        func rest(after prefix: String) -> [UInt8]? {
            bytes.starts(with: prefix.utf8) ? Array(bytes.dropFirst(prefix.utf8.count)) : nil
        }
        func split(_ bytes: [UInt8], at end: String) -> (String, [UInt8])? {
            guard let place = bytes.firstRange(of: Array(end.utf8)) else { return nil }
            return (String(decoding: bytes[..<place.lowerBound], as: UTF8.self), Array(bytes[place.upperBound...]))
        }
        let isPast = bytes.count >= 10 && bytes[8..<10].elementsEqual("] ".utf8) && bytes[5] == UInt8(ascii: ":")
        if isPast, rest(after: "* [") != nil {
            self = .past(LineReading(String(decoding: bytes[10...], as: UTF8.self)))
        } else if rest(after: "* ") != nil {
            self = .server
        } else if let rest = rest(after: "[private] "), let (label, text) = split(rest, at: ":") {
            self = .whisper(label, text)
        } else if let rest = rest(after: "[private to "), let (label, text) = split(rest, at: "] ") {
            self = .receipt(label, text)
        } else if let rest = rest(after: "~ "), let (label, text) = split(rest, at: " ") {
            self = .acted(label, text)
        } else if let rest = rest(after: "user:`"), let (label, end) = split(rest, at: "` has ") {
            switch String(decoding: end, as: UTF8.self) {
            case "enter": self = .entered(label)
            case "left": self = .left(label)
            default: self = .nothing
            }
        } else if rest(after: "Welcome, ") != nil {
            self = .welcome
        } else if let (label, text) = split(bytes, at: ":") {
            self = .said(label, text)
        } else {
            self = .nothing
        }
    }

    /// What it has to be taken for.
    init(_ body: Event.Body) {
        switch body {
        case .said(let author, let text): self = .said(author.label, Array(text.string.utf8))
        case .acted(let author, let text): self = .acted(author.label, Array(text.string.utf8))
        case .entered(let author): self = .entered(author.label)
        case .left(let author): self = .left(author.label)
        case .renamed, .topic, .announced, .ruled, .forgotten, .forgot: self = .server
        }
    }

    /// What each line of a delivery has to be taken for.
    static func expected(_ delivery: TextServer.Delivery) -> [LineReading] {
        let others = [LineReading](repeating: .server, count: max(delivery.lines.count - 1, 0))
        switch delivery.origin {
        case .event(let body): return [LineReading(body)]
        case .past(let event): return [.past(LineReading(event.body))]
        case .answer(.whisper(let author, let text)): return [.whisper(author.label, Array(text.string.utf8))]
        case .answer(.whispered(let other, let text, let away)):
            return [.receipt(other.label, Array(text.string.utf8))] + (away == nil ? [] : [.server])
        case .answer(.welcome): return [.welcome] + others
        case .answer, .entry: return [.server] + others
        }
    }
}

import ChatWire

/// What a framer found, kept.
struct FramedLine: Equatable, CustomStringConvertible {
    let kind: LineFramer.Kind
    let bytes: [UInt8]

    init(_ kind: LineFramer.Kind, _ bytes: [UInt8]) {
        self.kind = kind
        self.bytes = bytes
    }

    init(_ kind: LineFramer.Kind, _ text: String) {
        self.init(kind, Array(text.utf8))
    }

    var description: String { "\(kind) \(String(decoding: bytes, as: UTF8.self).debugDescription)" }
}

extension RawSpan {
    var array: [UInt8] { withUnsafeBytes { Array($0) } }
}

extension LineFramer {
    /// Feeds a piece to the end, and gives what was found in it.
    mutating func feed(_ piece: [UInt8]) -> [FramedLine] {
        var found: [FramedLine] = []
        _ = feed(piece.span.bytes) { kind, line in
            found.append(FramedLine(kind, line.array))
            return true
        }
        return found
    }

    mutating func feed(_ piece: String) -> [FramedLine] {
        feed(Array(piece.utf8))
    }

    mutating func finish() -> [FramedLine] {
        var found: [FramedLine] = []
        finish { found.append(FramedLine($0, $1.array)) }
        return found
    }
}

import ChatWire

/// What a framer must find in a whole stream, worked out with the whole stream at hand.
struct FramerModel {
    /// Each with the number of bytes that must have come before it can be told, and at which it must be told.
    private(set) var found: [(line: FramedLine, after: Int)] = []
    /// What the proper end of the stream adds.
    private(set) var last: FramedLine?

    init(_ stream: [UInt8], limit: Int) {
        var start = 0
        for (place, byte) in stream.enumerated() where byte == UInt8(ascii: "\n") {
            let line = Self.withoutReturn(stream[start..<place])
            if line.count <= limit {
                found.append((FramedLine(.line, Array(line)), place + 1))
            } else {
                found.append((Self.tooLong(line, limit), Self.certain(stream, start, limit)))
            }
            start = place + 1
        }
        let rest = stream[start...]
        let fits = rest.count <= limit || rest.count == limit + 1 && rest.last == UInt8(ascii: "\r")
        if !fits {
            found.append((Self.tooLong(rest, limit), Self.certain(stream, start, limit)))
        } else if !rest.isEmpty {
            last = FramedLine(.line, Array(Self.withoutReturn(rest)))
        }
    }

    /// What must have been told when `count` bytes of the stream have come.
    func found(in count: Int) -> [FramedLine] {
        found.filter { $0.after <= count }.map(\.line)
    }

    /// A line is too long with its first byte over the limit, unless that may be half of a CRLF.
    private static func certain(_ stream: [UInt8], _ start: Int, _ limit: Int) -> Int {
        stream[start + limit] == UInt8(ascii: "\r") ? start + limit + 2 : start + limit + 1
    }

    private static func tooLong(_ line: ArraySlice<UInt8>, _ limit: Int) -> FramedLine {
        FramedLine(.tooLong, Array(line.prefix(limit)))
    }

    private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}

extension KeyParser {
    mutating func take(_ byte: UInt8) {
        switch state {
        case .ground: takeFirst(byte)
        case .escape: takeAfterEscape(byte)
        case .function: takeFunction(byte)
        case .sequence(var sequence):
            switch sequence.take(byte) {
            case .unfinished: state = .sequence(sequence)
            case .complete: finish(sequence)
            case .broken:
                rest()
                takeFirst(byte)
            }
        case .answer(var answer):
            switch answer.take(byte) {
            case .unfinished: state = .answer(answer)
            case .complete: rest()
            case .none:
                if let key = answer.keyIfNothingFollows { keys.append(key) }
                rest()
                takeFirst(byte)
            }
        case .paste(var paste):
            // Not two owners of its bytes while it grows.
            state = .ground
            if paste.take(byte, limit: pasteLimit) {
                keys.append(paste.key)
                rest()
            } else {
                state = .paste(paste)
            }
        }
    }

    private mutating func takeFirst(_ byte: UInt8) {
        if byte >= 0x80 || utf8.isUnfinished {
            let (scalar, isTaken) = utf8.take(byte)
            if let scalar { type(scalar) }
            if !isTaken { takeFirst(byte) }
            return
        }
        let modifiers: Key.Modifiers = hasAlt ? .alt : []
        switch byte {
        case 0x1B:
            state = .escape
            return
        case 0x0D, 0x0A: keys.append(.press(.enter, modifiers))
        case 0x09: keys.append(.press(.tab, modifiers))
        case 0x08, 0x7F: keys.append(.press(.backspace, modifiers))
        case 0x01...0x1A: keys.append(.control(Unicode.Scalar(byte + 0x60)))
        case 0x00, 0x1C...0x1F: keys.append(.control(Unicode.Scalar(byte + 0x40)))
        default: type(Unicode.Scalar(byte))
        }
        hasAlt = false
    }

    private mutating func takeAfterEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "["): state = .sequence(ControlSequence())
        case UInt8(ascii: "O"): state = .function
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"):
            state = .answer(TerminalAnswer(introducer: byte))
        // Alt with a key that begins with Esc itself.
        case 0x1B: hasAlt = true
        default:
            state = .ground
            hasAlt = true
            takeFirst(byte)
        }
    }

    private mutating func takeFunction(_ byte: UInt8) {
        switch byte {
        case 0x1B:
            keys.append(.alt("O"))
            hasAlt = false
            state = .escape
        // Some put the modifiers in between, as in ESC O 5 A.
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ";"):
            var sequence = ControlSequence()
            _ = sequence.take(byte)
            state = .sequence(sequence)
        case 0x40...0x7E:
            if let name = ControlSequence.name(final: byte) {
                keys.append(.press(name, hasAlt ? .alt : []))
            } else if (UInt8(ascii: "a")...UInt8(ascii: "d")).contains(byte) {
                // rxvt, with Ctrl
                if let name = ControlSequence.name(final: byte - 0x20) { keys.append(.press(name, .control)) }
            } else if byte == UInt8(ascii: "M") {
                keys.append(.press(.enter))
            }
            rest()
        default:
            rest()
            takeFirst(byte)
        }
    }

    private mutating func finish(_ sequence: ControlSequence) {
        let withAlt = hasAlt
        rest()
        if sequence.isPasteBegin {
            state = .paste(Paste())
        } else if let key = sequence.key(withAlt: withAlt) {
            keys.append(key)
        }
    }

    /// A printable scalar, or one that `hasAlt` makes a command.
    mutating func type(_ scalar: Unicode.Scalar) {
        if hasAlt {
            keys.append(.alt(scalar))
            hasAlt = false
        } else if case .text(var text)? = keys.last {
            keys.removeLast()
            text.unicodeScalars.append(scalar)
            keys.append(.text(text))
        } else {
            keys.append(.text(String(Character(scalar))))
        }
    }
}

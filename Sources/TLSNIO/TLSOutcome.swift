internal import NIOCore
internal import TLS

/// What came of one piece of ciphertext, in the order in which it happened.
struct TLSOutcome {
    enum End: Equatable {
        case closed
        case failed(TLSError)
    }

    var isEstablished = false
    var plaintext: ByteBuffer?
    var end: End?
}

extension TLSSession {
    /// Runs the session over all of `ciphertext`.
    func take(_ ciphertext: RawSpan, allocator: ByteBufferAllocator) -> TLSOutcome {
        var outcome = TLSOutcome()
        reading(ciphertext) {
            if !isEstablished {
                var nowhere = OutputRawSpan()
                outcome.note(advance(into: &nowhere))
                guard outcome.isEstablished else { return }
            }
            // Plaintext is shorter than its ciphertext, unless the first part of a record had come before.
            var plaintext = allocator.buffer(capacity: max(ciphertext.byteCount, Self.leastRoom))
            var goesOn = true
            while goesOn {
                // Room is left over for the call that finds nothing more, unless there is more than what came now.
                let least = plaintext.writableBytes > 0 ? 1 : Self.leastRoom
                plaintext.writeWithOutputRawSpan(minimumWritableBytes: least) { room in
                    goesOn = outcome.note(advance(into: &room))
                }
            }
            if plaintext.readableBytes > 0 { outcome.plaintext = plaintext }
        }
        return outcome
    }

    private static var leastRoom: Int { 512 }
}

extension TLSOutcome {
    /// - Returns: whether the session may have more to say.
    @discardableResult
    fileprivate mutating func note(_ step: TLSStep) -> Bool {
        switch step {
        case .plaintext: return true
        case .established: isEstablished = true
        case .wait: break
        case .closed: end = .closed
        case .failed(let error): end = .failed(error)
        }
        return false
    }
}

extension ByteBufferAllocator {
    func buffer(copying bytes: RawSpan) -> ByteBuffer {
        var buffer = buffer(capacity: bytes.byteCount)
        buffer.writeBytes(bytes)
        return buffer
    }
}

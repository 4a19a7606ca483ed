internal import ChatCore
internal import ChatWire
internal import TLS

/// What one asks of keys, names and connections, as the text protocol answers it.
extension LineChat {
    func identify(_ action: Action) async throws(RequestError) {
        switch action {
        case .whois(let whom): await write(.whois(try await client.whois(whom)))
        case .status: try await status()
        case .verify(let whom):
            // Ours come from this end of the connection; what the server says of it has come through it.
            if whom == nil, let own = client.words { await write("* \(own.line)\n") }
            let (author, words) = try await client.verify(whom)
            let sets = words.joined(separator: "; or: ")
            await write("* the words of `\(author.label)`, as the server sees them: \(sets)\n")
        case .release(let name):
            try await client.release(name)
            await write(.released(name))
        case .makeCode:
            let (code, seconds) = try await client.linkCode()
            await write(.code(code, seconds: seconds))
        case .useCode(let code): await write(.linked(try await client.link(code)))
        case .admit(let key, let name):
            try await client.admit(key, as: name)
            await write(.admitted(key, name))
        default: break
        }
    }

    /// As the server sees it; and how this end sees the server.
    private func status() async throws(RequestError) {
        guard let own = view.own else { return await write(.refused(.nowhere)) }
        await write(.whois(try await client.whois(.number(own))))
        if let certificate = client.agreement?.peerCertificate {
            let now = WallClock.now().milliseconds / 1000
            await write("* \(CertificateFacts(certificate).summary(at: now))\n")
        }
    }
}

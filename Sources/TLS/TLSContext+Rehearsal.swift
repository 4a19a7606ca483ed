extension TLSConfiguration {
    /// All files that a context is made of, each once: what to look at to know whether it is to be made again.
    public var files: [String] {
        var files: [String] = []
        func add(_ identity: TLSIdentity) {
            files += [identity.certificateFile, identity.keyFile] + (identity.passphraseFile.map { [$0] } ?? [])
        }
        switch role {
        case .server(let identities, let visitors):
            identities.forEach(add)
            for named in namedIdentities { named.identities.forEach(add) }
            if case .authorities(let file, let revoked) = visitors {
                files += [file] + (revoked.map { [$0] } ?? [])
            }
        case .client(let trust, let identity):
            if case .authorities(let file) = trust { files.append(file) }
            if let identity { add(identity) }
        }
        return files.enumerated().filter { files.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }
}

extension TLSContext {
    /// Holds a handshake with itself for each host that has certificates, to know before anybody comes that what was
    /// loaded works together. Not for an event loop: it takes some milliseconds.
    /// - Throws: what went wrong first; ``TLSError/notOpen`` for a client's context.
    public func rehearse() throws(TLSError) {
        guard case .server = configuration.role else { throw .notOpen }
        // An address is not asked for, so it gets what everybody gets.
        try rehearse(certificates, as: .ip("127.0.0.1"))
        for (host, certificates) in namedCertificates {
            try rehearse(certificates, as: .dns(host.hasPrefix("*.") ? example(of: host) : host))
        }
    }

    /// Some name that the wildcard stands for: not one that has certificates of its own.
    private func example(of host: String) -> String {
        var label = "any"
        while namedCertificates.contains(where: { $0.host.lowercased() == label + host.dropFirst().lowercased() }) {
            label += "-other"
        }
        return label + host.dropFirst()
    }

    private func rehearse(_ certificates: [TLSCertificate], as name: TLSPeerName) throws(TLSError) {
        var visitor = configuration
        visitor.role = .client(.pins(certificates.map(\.publicKeyFingerprint)))
        visitor.namedIdentities = []
        visitor.applicationProtocols = []
        visitor.keyLogFile = nil
        if let groups = configuration.groups {
            // A client has more than one; under TLS 1.2 the curve of the certificate has to be among them too.
            let known = groups.split(separator: ":")
            let others = TLSPolicy.groups.split(separator: ":").filter { !known.contains($0) }
            visitor.groups = (known + others).joined(separator: ":")
        }
        let client = try TLSSession(client: TLSContext(visitor), expecting: name)
        let server = try TLSSession(server: self)
        server.beRehearsal()
        var ciphertext: [UInt8] = []
        // It is over in two rounds, or three if the client has to try another group.
        for _ in 0..<4 {
            let toServer = try client.step(reading: ciphertext)
            ciphertext = try server.step(reading: toServer)
            if server.isEstablished, client.isEstablished { return }
        }
        throw .notOpen
    }
}

extension TLSSession {
    /// One turn in a handshake without a network.
    fileprivate func step(reading ciphertext: [UInt8]) throws(TLSError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256, alignment: 1)
        defer { buffer.deallocate() }
        let step = reading(ciphertext.span.bytes) {
            var span = OutputRawSpan(buffer: buffer, initializedCount: 0)
            let step = advance(into: &span)
            _ = span.finalize(for: buffer)
            return step
        }
        if case .failed(let error) = step { throw error }
        return output.take { bytes in bytes.withUnsafeBytes { Array($0) } }
    }
}

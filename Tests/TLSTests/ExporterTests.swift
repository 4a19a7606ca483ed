import TLS
import TestKit
import Testing

/// Bytes that both ends of a session can derive, and nobody else.
@Suite struct ExporterTests {
    @Test(arguments: ["TLSv1.2", "TLSv1.3"])
    func `both ends get the same, and each session others`(version: String) throws {
        var all: Set<[UInt8]> = []
        for _ in 0..<2 {
            let server = try TLSPair().server
            let client = try RawTLSPeer.client(["MaxProtocol": version])
            TLSPair.pump(client, server)
            let bytes = try server.session.exportKeyingMaterial(label: "EXPORTER-test", count: 32)
            #expect(bytes.count == 32)
            #expect(bytes == client.keyingMaterial(label: "EXPORTER-test", count: 32))
            #expect(try bytes != server.session.exportKeyingMaterial(label: "EXPORTER-other", count: 32))
            all.insert(bytes)
        }
        #expect(all.count == 2)
    }

    @Test func `without the extended master secret there is nothing`() throws {
        let server = try TLSPair().server
        let options: RawTLSPeer.Options = ["MaxProtocol": "TLSv1.2", "Options": "-ExtendedMasterSecret"]
        TLSPair.pump(try RawTLSPeer.client(options), server)
        #expect(server.isEstablished)
        #expect(throws: TLSError.noExtendedMasterSecret) {
            try server.session.exportKeyingMaterial(label: "EXPORTER-test", count: 32)
        }
    }

    @Test func `before the handshake there is nothing`() throws {
        let pair = try TLSPair()
        #expect(throws: TLSError.notOpen) {
            try pair.client.session.exportKeyingMaterial(label: "EXPORTER-test", count: 32)
        }
    }
}

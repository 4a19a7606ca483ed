import ChatCore
import Testing

@Suite("Fingerprints of keys")
struct KeyFingerprintTests {
    let bytes = (0..<32).map { UInt8($0 * 8 + 1) }
    let text = "sha256:0109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f9"

    @Test("Bytes and text are the same both ways")
    func roundTrip() throws {
        let fingerprint = try #require(KeyFingerprint(bytes))
        #expect(fingerprint.description == text)
        #expect(fingerprint.bytes == bytes)
        #expect(KeyFingerprint(text) == fingerprint)
    }

    @Test("Capitals are read as well")
    func capitals() {
        #expect(KeyFingerprint(text.uppercased()) == KeyFingerprint(bytes))
    }

    @Test(
        "What is none is none",
        arguments: [
            "", "sha256:", "sha256", "sha1:0109", "0109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f9",
            "sha256:0109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f",
            "sha256:0109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f90",
            "sha256:0109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1fg",
            "sha256:é109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f9",
            "sha256:+109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f9",
        ]
    )
    func refused(text: String) {
        #expect(KeyFingerprint(text) == nil)
    }

    @Test("Other than 32 bytes are none")
    func count() {
        #expect(KeyFingerprint(bytes.dropLast()) == nil)
        #expect(KeyFingerprint(bytes + [0]) == nil)
        #expect(KeyFingerprint(bytes.reversed()) != KeyFingerprint(bytes))
    }
}

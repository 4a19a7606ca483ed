import TestKit
import Testing

@testable import TLS

@Suite struct PasswordHashTests {
    /// RFC 7914, section 12; the fourth vector takes a gigabyte.
    @Test(
        arguments: [
            ("", "", 4, 1, 1, "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"),
            ("password", "NaCl", 10, 8, 16, "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"),
            (
                "pleaseletmein", "SodiumChloride", 14, 8, 1,
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
            ),
        ] as [(String, String, Int, Int, Int, String)]
    )
    func `keys are those of RFC 7914`(password: String, salt: String, ln: Int, r: Int, p: Int, hex: String) throws {
        let cost = ScryptCost(logN: ln, blockSize: r, parallelism: p)
        // The RFC shows 64 bytes; the key of 32 is how they begin (section 6: it is PBKDF2 with one iteration).
        let key = try cost.key(of: Array(password.utf8), salt: Array(salt.utf8), length: 32)
        #expect(key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == hex)
    }

    /// Made by Python's `hashlib.scrypt`.
    @Test(
        arguments: [
            (
                "pleaseletmein",
                "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2"
                    + "LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw"
            ),
            (
                "пароль 密码",
                "$scrypt$ln=10,r=8,p=1$c2l4dGVlbiBieXRlIHNsdA$KOZmL+xMmssLwNh8dNGlQ6rrFzksaDtWcOpMtXws8Yw"
            ),
        ]
    )
    func `a hash that another program has made knows its password`(password: String, text: String) throws {
        let hash = try PasswordHash(parsing: text)
        #expect(hash.matches(Array(password.utf8)))
        #expect(!hash.matches(Array(password.utf8) + Array("x".utf8)))
        #expect(!hash.matches([]))
        #expect(!hash.decoy.matches(Array(password.utf8)))
        #expect("\(hash)" == text)
    }

    @Test func `what is made is read again, and each time is another`() throws {
        let password = Array("correct horse".utf8)
        let (one, other) = (try PasswordHash.make(password), try PasswordHash.make(password))
        #expect("\(one)".hasPrefix("$scrypt$ln=15,r=8,p=1$"))
        #expect(try PasswordHash(parsing: "\(one)") == one)
        #expect(one.salt != other.salt)
        #expect(one.key != other.key)
        #expect(one.matches(password))
        #expect(!one.matches(Array("correct horsf".utf8)))
    }

    private static let salt = "$c2l4dGVlbiBieXRlIHNsdA"
    private static let key = "$KOZmL+xMmssLwNh8dNGlQ6rrFzksaDtWcOpMtXws8Yw"

    @Test(
        arguments: [
            ("", .notAHash),
            ("secret", .notAHash),
            ("scrypt$ln=10,r=8,p=1" + salt + key, .notAHash),
            (" $scrypt$ln=10,r=8,p=1" + salt + key, .notAHash),
            ("$scrypt$ln=10,r=8,p=1" + salt, .notAHash),
            ("$scrypt$ln=10,r=8,p=1" + salt + key + "$", .notAHash),
            ("$$ln=10,r=8,p=1" + salt + key, .notAHash),
            ("$2b$12$abcdefghijklmnopqrstuu", .notScrypt),
            ("$argon2id$v=19$m=19456,t=2,p=1" + salt + key, .notScrypt),
            ("$SCRYPT$ln=10,r=8,p=1" + salt + key, .notScrypt),
            ("$scrypt$" + salt + key, .cost),
            ("$scrypt$r=8,ln=10,p=1" + salt + key, .cost),
            ("$scrypt$ln=10,r=8" + salt + key, .cost),
            ("$scrypt$ln=10,r=8,p=1,q=1" + salt + key, .cost),
            ("$scrypt$ln=,r=8,p=1" + salt + key, .cost),
            ("$scrypt$ln=+1,r=8,p=1" + salt + key, .cost),
            ("$scrypt$ln=010,r=8,p=1" + salt + key, .cost),
            ("$scrypt$ln=9,r=8,p=1" + salt + key, .cost),
            ("$scrypt$ln=18,r=8,p=1" + salt + key, .cost),
            ("$scrypt$ln=99999999999999999999,r=8,p=1" + salt + key, .cost),
            ("$scrypt$ln=10,r=0,p=1" + salt + key, .cost),
            ("$scrypt$ln=10,r=17,p=1" + salt + key, .cost),
            ("$scrypt$ln=10,r=8,p=17" + salt + key, .cost),
            ("$scrypt$ln=17,r=16,p=1" + salt + key, .cost),  // 256 MiB
            ("$scrypt$ln=16,r=8,p=8" + salt + key, .cost),  // 64 MiB, but a second
            ("$scrypt$ln=10,r=8,p=1$" + key, .salt),
            ("$scrypt$ln=10,r=8,p=1$c2l4dGV" + key, .salt),
            ("$scrypt$ln=10,r=8,p=1" + salt + "==" + key, .salt),
            ("$scrypt$ln=10,r=8,p=1" + salt + key + "=", .key),
            ("$scrypt$ln=10,r=8,p=1" + salt + "$KOZmL", .key),
            ("$scrypt$ln=10,r=8,p=1" + salt + key + " ", .key),
        ] as [(String, PasswordHash.Malformed)]
    )
    func `what is no hash of ours is refused with the reason`(text: String, problem: PasswordHash.Malformed) {
        #expect(throws: problem) { try PasswordHash(parsing: text) }
    }

    @Test(arguments: ["$scrypt$ln=17,r=8,p=1", "$scrypt$ln=16,r=16,p=1", "$scrypt$ln=10,r=1,p=16"])
    func `costs within the limits are taken`(start: String) throws {
        let text = start + Self.salt + Self.key
        #expect("\(try PasswordHash(parsing: text))" == text)
    }

    @Test func `a secret that was wiped is gone`() {
        var secret = Array("secret".utf8)
        PasswordHash.wipe(&secret)
        #expect(secret.isEmpty)
        PasswordHash.wipe(&secret)
        #expect(secret.isEmpty)
    }

    @Test func `base64 is that of RFC 4648, section 10, without padding`() {
        let texts = ["", "Zg", "Zm8", "Zm9v", "Zm9vYg", "Zm9vYmE", "Zm9vYmFy"]
        for (count, text) in texts.enumerated() {
            let bytes = Array("foobar".utf8.prefix(count))
            #expect(Base64.encode(bytes) == text)
            #expect(Base64.decode(text) == bytes)
        }
        #expect(Base64.encode([0xFB, 0xFF]) == "+/8")
    }

    @Test(arguments: ["Z", "Zm9vY", "Zg==", "Zh", "Zm9", "Zm 9v", "Zm9v\n", "Zm-_", "Zé8"])
    func `base64 that could be written otherwise is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `base64 gives back what was put in`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let bytes = random.bytes(Int.random(in: 0...40, using: &random))
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }
}

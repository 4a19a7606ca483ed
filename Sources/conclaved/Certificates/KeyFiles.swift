import CommandKit
import Glibc
import TLS

/// Files that nobody but their owner should be able to read.
enum KeyFiles {
    /// Warns of those that others can read; the server is not who decides that.
    static func check(_ identities: [TLSIdentity]) {
        for identity in identities {
            check(identity.keyFile, "the key")
            if let file = identity.passphraseFile { check(file, "the passphrase in") }
        }
    }

    private static func check(_ path: String, _ what: String) {
        if let mode = System.mode(of: path), mode & (S_IRGRP | S_IROTH) != 0 {
            Conclaved.complain("warning: others can read \(what) \(path); chmod 600 \(path)")
        }
    }
}

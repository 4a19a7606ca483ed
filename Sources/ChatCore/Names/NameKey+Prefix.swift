extension NameKey {
    /// Whether a name begins with what somebody has typed of it, as far as keys go: in whatever case, without accents, in
    /// letters that look alike. It is for completion, which guesses; nothing that matters may depend on it.
    public static func begins(_ name: String, with prefix: String) -> Bool {
        let (name, prefix) = (letters(of: name), letters(of: prefix))
        return name.starts(with: prefix)
    }

    private static func letters(of text: String) -> [Unicode.Scalar] {
        NameKey(text).skeleton.unicodeScalars.filter { !$0.isMark }
    }
}

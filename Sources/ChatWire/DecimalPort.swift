extension UInt16 {
    /// A port number in digits alone; the standard library's reading also takes a sign.
    public init?(decimal text: Substring) {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        self.init(text)
    }
}

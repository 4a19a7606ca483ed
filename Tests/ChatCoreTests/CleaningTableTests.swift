import ChatCore
import Testing

@Suite struct CleaningTableTests {
    @Test(arguments: TableRow.all)
    func `no scalar of the table passes, between letters or alone`(row: TableRow) {
        let text = "a\(row.scalar)b"
        #expect(CleanText(text).string.scalars == "a\(row.becomes)b".scalars)
        #expect(CleanText(bytes: Array(text.utf8)).string.scalars == "a\(row.becomes)b".scalars)
        #expect(CleanText(String(row.scalar)).string.scalars == row.becomes.scalars)
    }

    @Test func `the table has as many rows as the rule that it repeats`() {
        // C0, DEL, C1, two separators, nine embeddings and isolates, three marks, three that are removed
        #expect(TableRow.byValue.count == 32 + 1 + 32 + 2 + 9 + 3 + 3)
    }

    @Test func `of all scalars that there are only those of the table change`() {
        var everything = String.UnicodeScalarView()
        var expected = String.UnicodeScalarView()
        for value: UInt32 in 0...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            everything.append(scalar)
            if let replacement = TableRow.byValue[scalar] {
                expected.append(contentsOf: replacement.unicodeScalars)
            } else {
                expected.append(scalar)
            }
        }
        let clean = CleanText(String(everything)).string
        // Not by ==, which would look for the difference of two texts of four megabytes to show it.
        #expect(clean.unicodeScalars.elementsEqual(expected))
    }

    @Test(
        arguments: [
            0x20, 0x7E, 0xA0, 0x61B, 0x61D, 0x200A, 0x200C, 0x200D, 0x2010, 0x2027, 0x202F, 0x205F, 0x2061, 0x2065,
            0x206A, 0xFEFE, 0xFF00, 0xFFFD, 0x10FFFF,
        ] as [UInt32]
    )
    func `what stands beside the table passes`(value: UInt32) throws {
        let text = "a\(try #require(Unicode.Scalar(value)))b"
        #expect(CleanText(text).string.scalars == text.scalars)
        #expect(CleanText(bytes: Array(text.utf8)).string.scalars == text.scalars)
    }
}

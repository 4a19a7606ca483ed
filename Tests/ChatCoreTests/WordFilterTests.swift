import Testing

@testable import ChatCore

@Suite struct WordFilterTests {
    @Test(
        arguments: [
            ("ass", "ass", "**"),
            ("ass", "you ass!", "you **!"),
            ("ass", "class", "class"),
            ("ass", "assume", "assume"),
            ("ass", "ass2 2ass", "ass2 2ass"),
            ("ass", "ass_hat, smart-ass, ass's", "**_hat, smart-**, **'s"),
            ("ass", "ass ass,ass", "** **,**"),
            ("Ass", "aSS", "**"),
            ("жопа", "Ну ЖОПА же, жопами", "Ну ** же, жопами"),
            ("ΣΚΑΤΑΣ", "σκατας σκατασ", "** **"),
            ("ass", "日本ass日本", "日本**日本"),
            ("éclat", "cate\u{301}clat", "cate\u{301}clat"),
            ("$$$", "a$$$b", "a**b"),
            ("c++", "c++ c++d xc++", "** **d xc++"),
        ]
    )
    func `words of scripts with spaces are found as a whole`(list: String, text: String, clean: String) throws {
        try expect(list, text, clean)
    }

    @Test(
        arguments: [
            ("笨蛋", "你是笨蛋吗", "你是**吗"),
            ("バカ", "このバカ野郎", "この**野郎"),
            ("ばか", "おおばかもの", "おお**もの"),
            ("바보", "이 바보야", "이 **야"),
            ("ควาย", "ไอ้ควายเอ๊ย", "ไอ้**เอ๊ย"),
            ("AV女優", "新AV女優達", "新**達"),
            ("AV女優", "xAV女優", "xAV女優"),
            ("女優AV", "女優AVx 女優AV", "女優AVx **"),
            ("😀", "a😀b", "a**b"),
        ]
    )
    func `words of scripts without spaces are found anywhere`(list: String, text: String, clean: String) throws {
        try expect(list, text, clean)
    }

    @Test(
        arguments: [
            ("go away", "Go   away now", "** now"),
            ("go \t away", "go away", "**"),
            ("go away", "go\u{3000}\u{A0}away", "**"),
            ("go away", "goaway go aways ago away", "goaway go aways ago away"),
            ("go away", "go, away", "go, away"),
            ("  go away \r", " go away ", " ** "),
        ]
    )
    func `a phrase has any space between its words`(list: String, text: String, clean: String) throws {
        try expect(list, text, clean)
    }

    @Test(
        arguments: [
            ("ass", "ＡＳＳ ａｓｓ", "** **"),
            ("ａｓｓ", "ass", "**"),
            ("ass", "𝐀𝐬𝐬 𝓪𝓈𝘀", "** **"),
            ("x1", "x𝟏", "**"),
            ("ass", "a\u{200D}s\u{AD}s", "**"),
            ("ass", "a\u{FE0F}\u{200C}ss\u{E0020} b", "** b"),
            ("ass", "cl\u{200D}ass", "cl\u{200D}ass"),
            ("ass", "a\u{334}\u{356}s\u{334}s\u{334}!", "**!"),
            ("bêtise", "be\u{302}tise BE\u{302}TISE", "** **"),
            ("be\u{302}tise", "bêtise", "**"),
            ("betise", "bêtise be\u{302}tise", "bêtise be\u{302}tise"),
            ("ano", "año an\u{303}o ano", "año an\u{303}o **"),
            ("việt", "vie\u{302}\u{323}t vie\u{323}\u{302}t", "** **"),
            ("が", "か\u{3099}", "**"),
            ("か", "か\u{3099}", "か\u{3099}"),
            ("\u{17F}o", "so", "**"),
        ]
    )
    func `other ways to write it are the same word`(list: String, text: String, clean: String) throws {
        try expect(list, text, clean)
    }

    @Test(
        arguments: [
            ("ab\nabc", "abc ab", "** **"),
            ("一二\n一二三四", "一二三四五", "**五"),
            ("一二\n一二三四", "一二三五", "**三五"),
            ("一二\n二三", "一二三", "**三"),
            ("一二三\n二", "一二一二三", "一****"),
            ("go\ngo away", "go away, go", "**, **"),
            ("go\ngo away", "go awayx", "** awayx"),
        ]
    )
    func `of words that overlap the leftmost counts, and of those the longest`(
        list: String,
        text: String,
        clean: String
    ) throws {
        try expect(list, text, clean)
    }

    @Test(
        arguments: [
            ("f**k", "f**k", "**"),
            ("x ** y\nbad", "x bad y", "**"),
            ("** a", "** a a a", "**"),
            ("字**", "字** bad", "** bad"),
        ]
    )
    func `stars in a list meet those that stand for a word`(list: String, text: String, clean: String) throws {
        try expect(list, text, clean)
    }

    @Test func `an empty filter lets everything pass`() throws {
        for filter in [
            WordFilter(), try WordFilter(parsing: []), try WordFilter(list: "\n# ass\n  #\n \t\r\n\u{200B}\n"),
        ] {
            #expect(filter.count == 0)
            #expect(filter.clean(CleanText("ass **")) == CleanText("ass **"))
        }
        #expect(try WordFilter(list: "ass").clean(CleanText("")).isEmpty)
    }

    @Test func `a list may come from Windows, and hold a word twice`() throws {
        let filter = try WordFilter(list: "\u{FEFF}# words\r\nass\r\n\r\nASS\r\ndonkey")
        #expect(filter.count == 2)
        #expect(filter.clean(CleanText("ass, donkey")).string == "**, **")
    }

    @Test(
        arguments: [
            (Array("ok\n\nb".utf8) + [0xFF], WordFilter.ListError(3, .notUTF8)),
            (Array("ok\n***".utf8), WordFilter.ListError(2, .onlyStars)),
            (Array(" * *".utf8), WordFilter.ListError(1, .onlyStars)),
            (Array(String(repeating: "字", count: 257).utf8), WordFilter.ListError(1, .tooLong)),
        ]
    )
    func `what cannot be a list is refused, with its line`(list: [UInt8], error: WordFilter.ListError) {
        #expect(throws: error) { try WordFilter(parsing: list) }
        #expect("\(error)".hasPrefix("line \(error.line): "))
    }

    @Test func `lists and entries are as long as they may be, and no longer`() throws {
        let longest = String(repeating: "字", count: 256)
        #expect(try WordFilter(list: "  \(longest)  ").clean(CleanText(longest)).string == "**")
        let full = Array(repeating: "a\n", count: 100_000).joined()
        #expect(throws: WordFilter.ListError(100_001, .tooMany)) { try WordFilter(list: full + "b") }
    }

    private func expect(_ list: String, _ text: String, _ clean: String) throws {
        let filter = try WordFilter(list: list)
        let result = filter.clean(CleanText(text))
        #expect(result.string.unicodeScalars.elementsEqual(clean.unicodeScalars), "\(text) became \(result.string)")
        #expect(filter.clean(result) == result)
    }
}

extension WordFilter {
    init(list: String) throws(ListError) {
        try self.init(parsing: Array(list.utf8))
    }
}

import TestKit
import Testing

@testable import ChatCore

@Suite struct NameKeyTests {
    @Test(
        arguments: [
            ["Alice", "alice", "ALICE", "аlice", "Αlice", "ａｌｉｃｅ", "ＡＬＩＣＥ", "A1ice", "AIice", "𝐀𝓵𝗂𝖈𝚎", "a\u{2113}ice"],
            ["Bob", "B0B", "Вob", "Βob", "ВОВ", "bоb", "bοb"],  // of Cyrillic and Greek letters
            ["Tom", "Τom", "Тom", "torn", "TОМ", "тоm"],
            ["Mary", "Мary", "Μary", "rnary", "ΜΑRΥ", "маry"],
            ["Nick", "Νick", "νick", "ＮＩＣＫ"],
            ["Peter", "Рeter", "рeter", "Ρeter", "ρeter"],
            ["Sofia", "ѕofia", "Sοfiа", "sоfia"],
            ["Zoe", "Ζοe", "zоe"],
            ["Straße", "STRASSE", "strasse"],
            ["Νίκος", "ΝΊΚΟΣ", "νίκοσ"],
            ["Иван", "иван", "ИВАН"],
            ["José", "JOSÉ", "Jose\u{301}", "josé\u{301}"],  // the second of two acutes cannot be seen
            ["Istanbul", "\u{130}stanbul", "i\u{307}stanbul", "ıstanbul"],
            ["file", "ﬁle"],
            ["Ǆoko", "ǆoko", "ǅoko"],
            ["가나", "가나"],
            ["کریم", "كريم"],  // Persian and Arabic letters
            ["アリス", "ｱﾘｽ"],  // narrow kana
            ["Ian", "Lan", "ian", "lan"],  // one cannot tell; and then neither can case
        ]
    )
    func `names that look alike or differ in case have one key`(names: [String]) {
        for name in names { #expect(NameKey(name) == NameKey(names[0]), "\(name)") }
    }

    @Test func `names of different people have different keys`() {
        let names = [
            "Alice", "Bob", "Carol", "Dave", "Eve", "Mallory", "Trent", "Van", "Nan", "Ron", "Yon", "Ivan", "Iwan",
            "Jan",
            "Jana", "Anna", "Hanna", "Hannah", "Tim", "Tom", "Kim", "Jim", "Jin", "Ian", "Ben", "Den", "Ken", "Ted",
            "Ned", "Fred", "Greg", "Craig", "Max", "Mac", "Mia", "Nia", "Pia", "Ria", "Tia", "Lea", "Bea", "Dea", "Rea",
            "Jose", "José", "Zoe", "Zoë", "Joe", "Jo", "Bo", "Mo", "Flo", "Uwe", "Ute", "Yvo", "Ivo", "Jörg", "Jorg",
            "a.b", "a-b", "a_b", "ab", "user1", "user2", "user3", "user11", "B52", "B53", "R2D2", "R3D3", "x5", "xs",
            "x6",
            "xb", "x8", "x9", "xg", "Иван", "Анна", "Пётр", "Петр", "Ольга", "Νίκος", "Μαρία", "Γιάννης", "דוד", "משה",
            "محمد", "أحمد", "علي", "राम", "सीता", "สมชาย", "สมหญิง", "王伟", "李伟", "王芳", "さくら", "ゆき", "ハナ", "ハルカ",
            "민준", "서연", "지우",
        ]
        var owner: [NameKey: String] = [:]
        for name in names {
            let key = NameKey(name)
            #expect(owner[key] == nil, "\(name) is \(owner[key] ?? "")")
            owner[key] = name
        }
    }

    @Test func `of ASCII letters and digits only those are the same that everybody knows for it`() {
        var groups: [NameKey: String] = [:]
        for character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" {
            groups[NameKey(String(character)), default: ""].append(character)
        }
        let expected = Set(
            "abcdefghjknpqrstuvwxyz".map { $0.uppercased() + String($0) } + "23456789".map { String($0) }
        )
        #expect(Set(groups.values) == expected.union(["0Oo", "1ILil", "Mm"]))
        #expect(NameKey("m") == NameKey("rn"))
    }

    @Test func `where capital and small letter look like two letters, the capital decides`() {
        #expect(NameKey("ν") == NameKey("n") && NameKey("ν") != NameKey("v"))  // Greek nu
        #expect(NameKey("υ") == NameKey("y") && NameKey("υ") != NameKey("u"))  // Greek upsilon
        #expect(NameKey("г") == NameKey("r"))  // Cyrillic ge: its capital looks like no letter of ASCII
    }

    @Test func `ASCII has the same key without the table as with it`() {
        for value: UInt8 in 0..<0x80 {
            let text = "a" + String(Unicode.Scalar(value)) + "b"
            #expect(NameKey.ascii(text).scalars == NameKey.unicode(text).scalars)
        }
    }

    @Test func `a key is its own key, for each scalar that the tables know`() {
        let changed = NameSamples.special.filter { scalar in
            let key = NameKey(String(scalar)).skeleton
            return NameKey(key).skeleton.scalars != key.scalars
        }
        #expect(changed == [])
    }

    @Test func `a scalar, its capital and its small form have one key`() {
        let apart = NameSamples.special.filter { scalar in
            let key = NameKey(String(scalar))
            let properties = scalar.properties
            return key != NameKey(properties.uppercaseMapping) || key != NameKey(properties.lowercaseMapping)
        }
        #expect(apart == [])
    }

    @Test func `no key of a scalar is empty or hides`() {
        let bad = NameSamples.special.filter { scalar in
            let key = NameKey(String(scalar)).skeleton.unicodeScalars
            return key.isEmpty || key.contains { $0.properties.isDefaultIgnorableCodePoint }
        }
        #expect(bad == [])
    }

    @Test(arguments: SeededGenerator.seeds(20))
    func `a key is its own key, and that of all that is the same text`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let text = NameSamples.text(upTo: 12, using: &random)
            let key = NameKey(text)
            #expect(NameKey(key.skeleton).skeleton.scalars == key.skeleton.scalars, "\(text.scalars)")
            #expect(NameKey(Normalization.nfc(text)) == key, "\(text.scalars)")
            #expect(NameKey(Normalization.nfd(text)) == key, "\(text.scalars)")
            #expect(Normalization.nfd(key.skeleton).scalars == key.skeleton.scalars, "\(text.scalars)")
        }
    }
}

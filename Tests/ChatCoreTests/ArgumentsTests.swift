import Testing

@testable import ChatCore

@Suite struct ArgumentsTests {
    private func arguments(_ text: String) -> Arguments { Arguments(text.unicodeScalars[...]) }

    private func reason<Value>(_ body: () throws -> Value) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? Arguments.Problem)?.description
        }
    }

    @Test(arguments: ["a b  c", "  a   b c", "a b c   "])
    func `words end at spaces, however many`(text: String) throws {
        var arguments = arguments(text)
        #expect(try arguments.word(.me) == "a")
        #expect(arguments.next() == "b")
        #expect(arguments.next() == "c")
        #expect(arguments.isEmpty)
        #expect(arguments.next() == nil)
        try arguments.end()
    }

    @Test func `a mark after a space does not make one word of two`() {
        var arguments = arguments("a \u{301}b")
        #expect(arguments.next() == "a")
        #expect(arguments.next().map(\.scalars) == "\u{301}b".scalars)
    }

    @Test func `text is all that is left, with the spaces in it and after it`() throws {
        var arguments = arguments("bob  two  words ")
        #expect(try arguments.word(.me) == "bob")
        #expect(arguments.text() == CleanText("two  words "))
        #expect(arguments.isEmpty && arguments.text() == nil)
    }

    @Test(arguments: ["", "   "])
    func `what is missing is called by what it is`(text: String) throws {
        var arguments = arguments(text)
        #expect(arguments.isEmpty)
        #expect(reason { try arguments.word(.search) } == "what to look for is missing")
        #expect(reason { try arguments.text(.text) } == "the text is missing")
        #expect(reason { try arguments.whom() } == "the name is missing")
        #expect(reason { try arguments.nickname() } == "the name is missing")
        #expect(reason { try arguments.room() } == "the room is missing")
        #expect(reason { try arguments.onOrOff() } == "on or off is missing")
        #expect(reason { try arguments.number(.count, in: 1...5) } == "N is missing")
        #expect(try arguments.duration() == nil)
    }

    @Test func `what is left over is too much`() {
        var arguments = arguments("a b")
        _ = arguments.next()
        #expect(reason { try arguments.end() } == "there are too many words")
    }

    @Test func `on and off are words in whatever case, and no others are`() throws {
        var good = arguments("on OFF Off oN")
        #expect(try [good.onOrOff(), good.onOrOff(), good.onOrOff(), good.onOrOff()] == [true, false, false, true])
        for text in ["yes", "1", "onn", "o", "on,"] {
            var bad = arguments(text)
            #expect(reason { try bad.onOrOff() } == "it is on or off")
        }
    }

    @Test func `a number is within its range, and its bounds belong to it`() throws {
        for number in [1, 2, 5] {
            var good = arguments("\(number)")
            #expect(try good.number(.count, in: 1...5) == number)
        }
        for text in ["0", "6", "-1", "x", "1.0", "0x1", "99999999999999999999", "١"] {
            var bad = arguments(text)
            #expect(reason { try bad.number(.count, in: 1...5) } == "N is from 1 to 5")
        }
    }

    @Test func `what begins with a digit is a duration, or wrong`() {
        for text in ["2weeks", "0s", "4000d", "3 times", "10 m"] {
            var bad = arguments(text)
            #expect(reason { _ = try bad.duration() }?.contains("is no duration such as 90s") == true, "\(text)")
        }
    }

    @Test func `a duration is taken, and a word that is none stays`() throws {
        var arguments = arguments("10m because")
        #expect(try arguments.duration() == 600)
        #expect(try arguments.duration() == nil)
        #expect(arguments.text() == CleanText("because"))
    }

    @Test func `a name that cannot be says why`() {
        for (text, problem) in [("12", NameProblem.number)] {
            var arguments = arguments(text)
            #expect(reason { try arguments.nickname() } == problem.description)
        }
        var long = arguments(String(repeating: "x", count: 33))
        #expect(reason { try long.room() } != nil)
    }
}

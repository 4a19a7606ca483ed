import ChatCore
import TestKit
import Testing

@Suite struct NamePropertyTests {
    @Test(arguments: SeededGenerator.seeds(20))
    func `whatever comes in, a name is safe to show, or the line that refuses it is`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let raw = NameSamples.anything(using: &random)
            do throws(NameProblem) {
                let name = try Nickname(raw)
                #expect(Self.isSafe(name.text), "\(raw.scalars)")
                #expect(try Nickname(name.text).text.scalars == name.text.scalars, "\(raw.scalars)")
                #expect(try RoomName("#" + raw).key == name.key, "\(raw.scalars)")
            } catch {
                #expect(CleanText(error.description).string.scalars == error.description.scalars, "\(raw.scalars)")
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(10))
    func `a name in other letters is the same name, and is refused like it`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let count = Int.random(in: 1...8, using: &random)
            let plain = String((0..<count).map { _ in "abcdexyz0rnmIl5-".randomElement(using: &random) ?? "a" })
            let wide = String(
                String.UnicodeScalarView(plain.unicodeScalars.map { random.once(in: 2) ? Self.wide($0) : $0 })
            )
            #expect(NicknameTests.problem(plain) == NicknameTests.problem(wide), "\(plain) \(wide)")
            #expect((try? Nickname(plain)) == (try? Nickname(wide)), "\(plain) \(wide)")
        }
    }

    /// Nothing that cleaning would change, and nothing that means something in a line of ours.
    private static func isSafe(_ text: String) -> Bool {
        CleanText(text).string.scalars == text.scalars
            && !text.unicodeScalars.contains { ":`*[]~/@# \n".unicodeScalars.contains($0) }
    }

    /// The full-width form of a letter or digit of ASCII.
    private static func wide(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar == "-" ? scalar : Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
    }
}

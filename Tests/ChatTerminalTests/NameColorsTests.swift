@testable import ChatTerminal
import ChatCore
import Testing

@Suite struct NameColorsTests {
    @Test(arguments: NameColors.palette) func `a name can be read on black and on white`(_ color: UInt8) {
        let luminance = Self.luminance(Int(color))
        #expect((luminance + 0.05) / 0.05 >= 3.6)
        #expect(1.05 / (luminance + 0.05) >= 3.6)
    }

    @Test(arguments: NameColors.palette) func `no name looks like trouble, even with sixteen colours`(_ color: UInt8) {
        #expect(![1, 9].contains(Style.Color(color).nearestOfSixteen))
        #expect(Style.Color(196).nearestOfSixteen == 9)
    }

    @Test func `a name has the same colour everywhere, and not all have one`() {
        #expect(NameColors.color(of: "alice") == NameColors.color(of: "ALICE"))
        let used = Set((0..<200).map { NameColors.color(of: "member\($0)").number })
        #expect(used == Set(NameColors.palette))
        #expect(NameColors.color(of: "bob").number == 100)
        #expect(NameColors.color(of: "小明").number == 28)
    }

    /// WCAG 2, of a colour of the cube.
    private static func luminance(_ color: Int) -> Double {
        let cube = color - 16
        let parts = [cube / 36, cube / 6 % 6, cube % 6].map { step in
            let value = Double(step == 0 ? 0 : 55 + 40 * step) / 255
            return value <= 0.03928 ? value / 12.92 : power((value + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// x^2.4, as x^2 times the fifth root of x^2, by Newton: there is no Foundation here.
    private static func power(_ x: Double) -> Double {
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root) }
        return x * x * root
    }
}

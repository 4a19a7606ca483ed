import ChatTerminal
import Testing

@Suite struct ResizeTests {
    private func stage(_ columns: Int, _ rows: Int, reflows: Bool = true, said: Int = 10) -> Stage {
        var stage = Stage(columns, rows, reflows: reflows)
        for number in 1...said { stage.draw(StyledText("said \(number).")) }
        stage.type("abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz")
        return stage
    }

    @Test(arguments: [(40, 12), (25, 12), (60, 14), (80, 12), (33, 8), (60, 30), (7, 12)])
    func `where rows are broken anew, nothing is lost and nothing left over`(columns: Int, rows: Int) {
        for keys in [[], [Key.press(.home)], [.control("a"), .alt("f"), .press(.left)]] as [[Key]] {
            var stage = stage(60, 12)
            for key in keys { stage.press(key) }
            stage.resize(columns, rows)
            stage.draw("then.")
            let all = stage.screen.everything.joined(separator: " ")
            for number in 1...10 { #expect(all.ranges(of: "said \(number).").count == 1) }
            #expect(all.ranges(of: "then.").count == 1)
            #expect(all.ranges(of: "> ab").count == 1)
            #expect(stage.screen.isSane)
        }
    }

    @Test func `a narrower screen`() {
        var stage = stage(40, 6)
        expect(
            stage.screen,
            "said 7.\nsaid 8.\nsaid 9.\nsaid 10.\n> abcdefghijklmnopqrstuvwxyz0123456789a\nbcdefghijklmnopqrstuvwxyz|"
        )
        stage.resize(25, 6)
        expect(
            stage.screen,
            "said 8.\nsaid 9.\nsaid 10.\n> abcdefghijklmnopqrstuv\nwxyz0123456789abcdefghij\nklmnopqrstuvwxyz|"
        )
    }

    @Test func `where rows are cut, nothing is lost either`() {
        var stage = stage(60, 12, reflows: false)
        stage.resize(25, 12)
        stage.draw("then.")
        let all = stage.screen.everything.joined(separator: " ")
        for number in 1...10 { #expect(all.ranges(of: "said \(number).").count == 1) }
        #expect(all.ranges(of: "> ab").count == 1)
    }

    @Test func `where one does not know, a copy is left rather than something lost`() {
        var stage = stage(60, 12)
        stage.resize(20, 12, isCertain: false)
        let all = stage.screen.everything.joined(separator: " ")
        for number in 1...10 { #expect(all.ranges(of: "said \(number).").count == 1) }
        #expect(all.ranges(of: "> ab").count <= 2)
    }

    @Test func `many sizes before the next frame are one`() {
        var stage = stage(60, 12)
        for (columns, rows) in [(40, 12), (20, 12), (70, 9), (33, 12)] { stage.screen.resize(columns, rows) }
        stage.resize(33, 12)
        let all = stage.screen.everything.joined(separator: " ")
        for number in 1...10 { #expect(all.ranges(of: "said \(number).").count == 1) }
        #expect(all.ranges(of: "> ab").count == 1)
    }
}

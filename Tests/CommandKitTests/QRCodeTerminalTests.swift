import CommandKit
import Testing

@Suite struct QRCodeTerminalTests {
    @Test(arguments: [(QRCode.Style.coloured, "█▀▄ "), (.plain, " ▄▀█")])
    func `two rows of modules are one line`(style: QRCode.Style, blocks: String) throws {
        let code = try #require(QRCode("conclave"))
        let blocks = Array(blocks)
        let lines = code.lines(style).map { line in
            line.replacing("\u{1B}[38;5;16;48;5;231m", with: "").replacing("\u{1B}[0m", with: "")
        }
        #expect(code.columns == 29)
        #expect(lines.count == 15)
        for (line, row) in zip(lines, stride(from: -4, to: 25, by: 2)) {
            let expected = (-4..<25).map { column in
                switch (code[column, row], code[column, row + 1]) {
                case (true, true): blocks[0]
                case (true, false): blocks[1]
                case (false, true): blocks[2]
                case (false, false): blocks[3]
                }
            }
            #expect(line == String(expected))
        }
    }

    @Test func `colours are said for every line and end with it`() throws {
        for line in try #require(QRCode("conclave")).lines(.coloured) {
            #expect(line.hasPrefix("\u{1B}[38;5;16;48;5;231m"))
            #expect(line.hasSuffix("\u{1B}[0m"))
        }
    }
}

import CommandKit
import Testing

/// Each code in here was read by two programs that are not ours, and is module for module what a third makes of its text.
@Suite struct QRCodeTests {
    @Test func `a code is drawn module by module`() throws {
        let code = try #require(QRCode("conclave"))
        let drawn = (0..<code.size).map { row in
            String((0..<code.size).map { code[$0, row] ? "#" : "." as Character })
        }
        let expected = """
            #######.#...#.#######
            #.....#.##.#..#.....#
            #.###.#.#####.#.###.#
            #.###.#.#.#.#.#.###.#
            #.###.#..####.#.###.#
            #.....#.#.#.#.#.....#
            #######.#.#.#.#######
            .....................
            ##..###.....#..#.####
            .###.#.##.#.#.#.##.#.
            #.#.#.###.#.##..#.##.
            ...###.##.###..#...##
            #####.###..#.###...##
            ........#####..###.#.
            #######..###..#.####.
            #.....#.#.#..##.#....
            #.###.#.#...###....#.
            #.###.#..##.###.#.###
            #.###.#..##.##..#.#..
            #.....#.#..##..##....
            #######.#.##..###...#
            """
        #expect(drawn.joined(separator: "\n") == expected)
    }

    /// Versions 1 to 20: with and without alignment patterns and version information, one block and blocks of two lengths.
    @Test(
        arguments: [
            (17, 21, 0x8817_C2E1_EA26_BE1F), (53, 29, 0x9698_A575_97E1_9F48), (78, 33, 0x01E0_111F_3745_4460),
            (106, 37, 0xCE82_8BC3_76AF_22A7), (134, 41, 0x9CF3_0CAC_A081_7130), (135, 45, 0xAE96_17C7_1AA2_6BCB),
            (154, 45, 0xF043_5690_066B_D013), (230, 53, 0x0D7A_F373_7FFC_6F57), (271, 57, 0x9C6D_C038_9726_325B),
            (425, 69, 0x7F7F_ABBD_2163_CC4F), (858, 97, 0x3B05_4452_F004_1D31),
        ] as [(Int, Int, UInt64)]
    )
    func `longer texts make larger codes`(count: Int, size: Int, digest: UInt64) throws {
        let link =
            "conclave://chat.example.org:2022/lobby?pin=sha256:" + String(repeating: "0123456789abcdef", count: 60)
        let code = try #require(QRCode(String(link.prefix(count))))
        #expect(code.size == size)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for row in 0..<size {
            for column in 0..<size {
                hash = (hash ^ (code[column, row] ? 1 : 0)) &* 0x100_0000_01B3
            }
        }
        #expect(hash == digest)
    }

    @Test func `there is a longest text`() {
        #expect(QRCode.longest == 858)
        #expect(QRCode(String(repeating: "a", count: 858)) != nil)
        #expect(QRCode(String(repeating: "a", count: 859)) == nil)
        #expect(QRCode(String(repeating: "ü", count: 430)) == nil)
        #expect(QRCode("")?.size == 21)
    }

    @Test func `around a code all is light`() throws {
        let code = try #require(QRCode("conclave"))
        #expect(code[0, 0])
        #expect(!code[-1, 0])
        #expect(!code[0, 21])
    }
}

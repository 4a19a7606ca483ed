import Testing

@testable import ChatServer

@Suite struct TideTests {
    @Test func ebbsWithEachHalfThatGoes() {
        var tide = Tide()
        var ebbs: [Int] = []
        for count in Array(0...2000) + Array(0...2000).reversed() where tide.hasEbbed(to: count) { ebbs.append(count) }
        #expect(ebbs == [1000, 500, 250])
    }

    @Test func aFewThatComeAndGoAreNoTide() {
        var tide = Tide()
        for count in [0, 255, 0, 255, 0] {
            let hasEbbed = tide.hasEbbed(to: count)
            #expect(!hasEbbed)
        }
    }

    @Test func comingBackMakesANewFlood() {
        var tide = Tide()
        let ebbs = [1000, 500, 1000, 501, 500].map { tide.hasEbbed(to: $0) }
        #expect(ebbs == [false, true, false, false, true])
    }
}

import Testing

/// scripts/check-durability finds nothing, in a few rounds of each of its faults: it is meant to be run with many more.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DurabilityTests {
    private static var script: String {
        let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        return parts.joined(separator: "/") + "/scripts/check-durability"
    }

    @Test(arguments: [("kill", 5), ("full", 3), ("io", 4)])
    func `nothing is lost, unsaid or said twice`(fault: String, rounds: Int) async throws {
        try await Stage.run { stage in
            let arguments = ["--fault", fault, "--rounds", "\(rounds)", "--seed", "7"]
            let program = try Stage.executable("conclaved")
            let end = try await stage.start(Self.script, arguments + ["--conclaved", program]).finish()
            #expect(end.status == 0, "\(end.errors)")
            #expect(end.output.count == 1, "\(end.output)")
        }
    }

    @Test func `its usage is told, and what it does not know is refused`() async throws {
        try await Stage.run { stage in
            let help = try await stage.start(Self.script, ["--help"]).finish()
            #expect(help.status == 0 && help.output.first?.hasPrefix("usage: scripts/check-durability ") == true)
            let wrong = try await stage.start(Self.script, ["--fault", "rain"]).finish()
            #expect(wrong.status == 64 && wrong.errors.count == 1, "\(wrong)")
        }
    }
}

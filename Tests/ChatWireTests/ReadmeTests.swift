import ChatWire
import Foundation
import Testing

/// What the README says of commands is what the table of commands says.
@Suite struct ReadmeTests {
    @Test func `the README lists the commands that there are`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let listed = try #require(
            readme.split(separator: "<!-- commands -->\n").last?.split(separator: "<!-- /commands -->").first
        )
        #expect(listed.trimmingCharacters(in: .newlines) == TextCodec.commandTable.trimmingCharacters(in: .newlines))
    }
}

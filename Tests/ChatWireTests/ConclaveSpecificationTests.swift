import ChatCore
import ChatWire
import Foundation
import Testing

/// The talk on the protocol's page is a real one.
@Suite struct ConclaveSpecificationTests {
    struct Line: Sendable, CustomTestStringConvertible {
        let isRequest: Bool
        let text: String
        var testDescription: String { text }
    }

    @Test(arguments: try talk())
    func `each line of the page is written as it was read`(line: Line) throws {
        let bytes = Array(line.text.utf8)
        var written: [UInt8] = []
        if line.isRequest {
            let request: StructuredRequest
            do {
                request = try StructuredRequest(bytes.span.bytes)
            } catch {
                // The two that the page shows to be wrong, and answers.
                #expect(["{\"op\":\"dance\",\"ref\":\"5\"}", "{\"op\":\"say\",}"].contains(line.text))
                return
            }
            request.encode(into: &written)
        } else {
            let frame = try StructuredFrame(bytes.span.bytes)
            if case .unknown(let event) = frame { Issue.record("\(event) is not known") }
            frame.encode(into: &written)
        }
        #expect(String(decoding: written, as: UTF8.self) == line.text + "\n")
    }

    @Test func `what the page shows to be wrong is answered as it shows`() throws {
        let lines = try Self.talk()
        for (place, line) in lines.enumerated() where line.isRequest {
            let bytes = Array(line.text.utf8)
            do {
                _ = try StructuredRequest(bytes.span.bytes)
            } catch {
                let answer = try StructuredFrame(Array(lines[place + 1].text.utf8).span.bytes)
                guard case .answer(let answer) = answer, case .failure(var expected) = answer.result else {
                    Issue.record("\(line.text) is wrong, and the page does not say so")
                    continue
                }
                #expect(answer.ref == error.ref)
                expected.message = error.error.message
                #expect(expected == error.error)
            }
        }
    }

    @Test func `the answers of the page are what was asked for`() throws {
        var asked: [String: StructuredRequest.Operation] = [:]
        var count = 0
        for line in try Self.talk() {
            let bytes = Array(line.text.utf8)
            if line.isRequest {
                if let request = try? StructuredRequest(bytes.span.bytes), let ref = request.ref {
                    asked[ref] = request.operation
                }
            } else if case .answer(let answer) = try StructuredFrame(bytes.span.bytes), let ref = answer.ref,
                let operation = asked[ref], let fields = try? answer.result.get()
            {
                let reply = try #require(StructuredReply(fields, to: operation), "\(line.text)")
                var written: [UInt8] = []
                reply.encode(ref: ref, into: &written)
                #expect(String(decoding: written, as: UTF8.self) == line.text + "\n")
                count += 1
            }
        }
        #expect(count == 5)
    }

    @Test func `each code of the page is known, and there are no others`() throws {
        let section = try Self.page().split(separator: "## Errors")[1]
        let codes = section.matches(of: /^\|([^|]+)\|/.anchorsMatchLineEndings()).flatMap { row in
            row.output.1.matches(of: /`([a-z-]+)`/).map { String($0.output.1) }
        }
        #expect(codes.count == StructuredError.Code.known.count)
        #expect(Set(codes) == Set(StructuredError.Code.known.map(\.text)))
        for code in codes { #expect(StructuredError.Code(code).text == code) }
        #expect(StructuredError.Code("coffee") == .other("coffee"))
    }

    @Test func `each reason for closing on the page is known, and there are no others`() throws {
        let line = try #require(try Self.page().firstMatch(of: /The reasons of `closing`: (.*)\./)).output.1
        let reasons = line.matches(of: /`([a-z-]+)`/).map { String($0.output.1) }
        #expect(reasons.sorted() == Closing.Reason.allCases.filter { $0 != .other }.map(\.rawValue).sorted())
    }

    // MARK: The page

    /// With something in the place of what differs from time to time.
    private static func talk() throws -> [Line] {
        let block = try page().split(separator: "```conclave\n")[1].split(separator: "```")[0]
        let lines = block.split(separator: "\n").map { line in
            Line(isRequest: line.hasPrefix("-> "), text: filled(String(line.dropFirst(3))))
        }
        try #require(lines.count == 19)
        return lines
    }

    private static func filled(_ line: String) -> String {
        var line = line
        for (name, value) in [
            ("session", "\"00112233445566778899aabbccddeeff\""), ("epoch", "\"0123456789abcdef\""),
            ("at", "\"2026-11-22T10:31:50.123Z\""),
            ("limits", #"{"line":4096,"frame":32768,"messages":5,"burst":20,"rooms":50}"#),
            ("keeps", #"{"messages":100,"days":null,"bytes":0}"#),
        ] {
            line = line.replacing("\"\(name)\":\"…\"", with: "\"\(name)\":\(value)")
        }
        return line
    }

    private static func page() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let page = root.appending(path: "Sources/ChatWire/ChatWire.docc/Conclave1.md")
        return try String(contentsOf: page, encoding: .utf8)
    }
}

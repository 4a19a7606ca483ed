import ChatCore

extension StructuredAnswer {
    /// Appends it as a line with its LF. Of a success, what is not an object adds nothing.
    public func encode(into bytes: inout [UInt8]) {
        bytes.beginAnswer(ref, isDone: (try? result.get()) != nil)
        switch result {
        case .success(.object(let members)):
            for member in members where !Self.own.contains(member.name) { member.write(into: &bytes) }
        case .success: break
        case .failure(let error): bytes.field("error", error)
        }
        bytes.endLine()
    }

    /// The success keeps all fields but those that every answer has.
    init(_ json: JSON) throws(JSONProblem) {
        let isDone = try json.required("ok") { $0.bool }
        ref = json["ref"]?.string
        if isDone, case .object(let members) = json {
            result = .success(.object(members.filter { !Self.own.contains($0.name) }))
        } else {
            let error = try json.required("error") { $0 }
            result = .failure(
                StructuredError(
                    StructuredError.Code(try error.required("code") { $0.clean }.string),
                    error["message"]?.clean?.string ?? "",
                    position: error["position"]?.count,
                    seconds: error["seconds"]?.count
                )
            )
        }
    }

    private static let own: Set = ["ref", "ok"]
}

extension [UInt8] {
    mutating func beginAnswer(_ ref: String?, isDone: Bool) {
        beginObject()
        if let ref { field("ref", ref) }
        field("ok", isDone)
    }

    mutating func field(_ name: StaticString, _ error: StructuredError) {
        beginField(name)
        beginObject()
        field("code", error.code.text)
        field("message", error.message)
        if let position = error.position { field("position", position) }
        if let seconds = error.seconds { field("seconds", seconds) }
        endObject()
    }
}

import ChatCore

extension StructuredEnter {
    /// Appends its fields to the answer that is being written.
    func writeFields(into bytes: inout [UInt8]) {
        bytes.field("room", room)
        bytes.fields(of: author)
        bytes.field("epoch", epoch.description)
        bytes.field("head", head)
        bytes.field("after", after)
        bytes.field("missed", missed)
        if isReset { bytes.field("reset", true) }
        if let isResumed { bytes.field("resumed", isResumed) }
        bytes.list("members", members) { $1.append(present: $0) }
        bytes.field("more", more)
        bytes.field("topic", topic?.string)
        bytes.field("private", isPrivate)
        bytes.field("slow", slow)
        bytes.field("moderator", isModerator)
        bytes.beginField("keeps")
        bytes.beginObject()
        bytes.field("messages", keeps.messages)
        bytes.field("days", keeps.days)
        bytes.field("bytes", keeps.bytes)
        bytes.endObject()
    }

    /// Reads them from an answer; nil if one is not there that has to be.
    public init?(_ json: JSON) {
        guard let room = json["room"]?.room, let author = json.author, let epoch = json["epoch"]?.epoch,
            let head = json["head"]?.whole, let after = json["after"]?.whole
        else { return nil }
        self.init(
            room: room,
            author: author,
            epoch: epoch,
            head: head,
            after: after,
            missed: json["missed"]?.whole ?? 0,
            isReset: json["reset"]?.bool == true,
            isResumed: json["resumed"]?.bool,
            members: json.list("members") { $0.author } ?? [],
            more: json["more"]?.count ?? 0,
            topic: json["topic"]?.clean,
            isPrivate: json["private"]?.bool == true,
            slow: json["slow"]?.count ?? 0,
            isModerator: json["moderator"]?.bool == true,
            keeps: Keeps(
                messages: json["keeps"]?["messages"]?.count,
                days: json["keeps"]?["days"]?.count,
                bytes: json["keeps"]?["bytes"]?.count
            )
        )
    }
}

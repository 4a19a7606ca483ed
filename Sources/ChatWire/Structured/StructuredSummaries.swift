import ChatCore

/// A line of each list, both ways.
extension MemberSummary {
    func write(into bytes: inout [UInt8]) {
        bytes.beginObject()
        bytes.fields(of: author)
        bytes.field("present", present)
        bytes.field("idle", idle)
        bytes.field("away", away?.string)
        bytes.field("moderator", isModerator)
        bytes.field("operator", isOperator)
        if let address { bytes.field("address", address.description) }
        bytes.endObject()
    }

    init?(_ json: JSON) {
        guard let author = json.author else { return nil }
        self.init(
            author: author,
            present: json["present"]?.count ?? 0,
            idle: json["idle"]?.count ?? 0,
            away: json["away"]?.clean,
            isModerator: json["moderator"]?.bool == true,
            isOperator: json["operator"]?.bool == true,
            address: json["address"]?.string.flatMap { Address($0) }
        )
    }
}

extension RoomSummary {
    func write(into bytes: inout [UInt8]) {
        bytes.beginObject()
        bytes.field("room", name)
        bytes.field("members", members)
        bytes.field("topic", topic?.string)
        bytes.endObject()
    }

    init?(_ json: JSON) {
        guard let name = json["room"]?.room else { return nil }
        self.init(name: name, members: json["members"]?.count ?? 0, topic: json["topic"]?.clean)
    }
}

extension BanSummary {
    func write(into bytes: inout [UInt8]) {
        bytes.beginObject()
        bytes.field("label", label)
        bytes.field("by", by)
        bytes.field("left", left)
        bytes.field("reason", reason?.string)
        bytes.endObject()
    }

    init?(_ json: JSON) {
        guard let label = json["label"]?.clean, let by = json["by"]?.clean else { return nil }
        self.init(label: label.string, by: by.string, left: json["left"]?.count, reason: json["reason"]?.clean)
    }
}

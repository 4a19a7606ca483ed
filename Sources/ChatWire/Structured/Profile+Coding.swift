import ChatCore

/// One who is here, both ways.
extension Profile {
    func writeFields(into bytes: inout [UInt8]) {
        bytes.fields(of: author)
        bytes.field("operator", isOperator)
        bytes.field("idle", idle)
        bytes.list("devices", devices) { $0.write(into: &$1) }
    }

    init?(_ json: JSON) {
        guard let author = json.author, let devices = json.list("devices", { DeviceProfile($0) }) else { return nil }
        self.init(
            author: author,
            isOperator: json["operator"]?.bool == true,
            idle: json["idle"]?.count ?? 0,
            devices: devices
        )
    }
}

extension DeviceProfile {
    func write(into bytes: inout [UInt8]) {
        bytes.beginObject()
        bytes.field("key", key?.description)
        bytes.field("version", terms?.version)
        bytes.field("cipher", terms?.cipher)
        bytes.field("group", terms?.group)
        if let address { bytes.field("address", address.description) }
        bytes.endObject()
    }

    init?(_ json: JSON) {
        guard case .object = json else { return nil }
        var terms: TLSTerms?
        if let version = json["version"]?.clean, let cipher = json["cipher"]?.clean, let group = json["group"]?.clean {
            terms = TLSTerms(version: version.string, cipher: cipher.string, group: group.string)
        }
        let address = json["address"]?.string.flatMap { Address($0) }
        self.init(key: json["key"]?.key, terms: terms, address: address)
    }
}

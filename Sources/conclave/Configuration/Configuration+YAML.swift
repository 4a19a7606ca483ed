import ChatCore
import Yams

/// Settings as YAML: one level of names and values, and nothing else.
extension Configuration {
    /// - Parameter path: for what is said of mistakes; what relative paths are relative to is its directory.
    init(_ bytes: [UInt8], path: String) throws(ConfigurationProblem) {
        self.init()
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationProblem(path: path, line: nil, reason: "this is not UTF-8")
        }
        guard let root = try Self.root(text, path) else { return }
        guard let mapping = root.mapping else {
            throw ConfigurationProblem(path: path, line: root.mark?.line, reason: "a setting is written as NAME: VALUE")
        }
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        for (key, value) in mapping {
            let line = key.mark?.line ?? value.mark?.line
            let name = key.scalar?.string ?? ""
            guard let setting = Setting(rawValue: name) else {
                throw ConfigurationProblem(path: path, line: line, reason: Self.unknown(name))
            }
            do {
                try set(setting, to: try Self.value(of: value), in: directory)
            } catch {
                throw ConfigurationProblem(path: path, line: value.mark?.line ?? line, reason: "\(name): \(error)")
            }
        }
    }

    private static func root(_ text: String, _ path: String) throws(ConfigurationProblem) -> Node? {
        do {
            var parsing = try Yams.compose_all(yaml: text)
            var documents: [Node] = []
            while documents.count < 2, let document = parsing.next() { documents.append(document) }
            // It stops at a mistake as at the end, and only then tells.
            if let error = parsing.error { throw error }
            guard documents.count <= 1 else {
                throw ConfigurationProblem(
                    path: path,
                    line: documents[1].mark?.line,
                    reason: "there is a second document"
                )
            }
            return documents.first
        } catch let problem as ConfigurationProblem {
            throw problem
        } catch {
            throw Self.problem(error, path)
        }
    }

    private static func value(of node: Node) throws -> Value {
        if let scalar = node.scalar {
            return .one(scalar.string, isQuoted: scalar.style == .singleQuoted || scalar.style == .doubleQuoted)
        }
        let texts = node.sequence?.map { $0.scalar?.string }
        guard let texts, !texts.contains(nil) else { throw ConfigurationValueProblem.nested }
        return .list(texts.compactMap { $0 })
    }

    /// What YAML itself complains of, in one line.
    private static func problem(_ error: any Error, _ path: String) -> ConfigurationProblem {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            ConfigurationProblem(path: path, line: mark.line, reason: "this is not YAML: \(problem)")
        case YamlError.duplicatedKeysInMapping(let duplicates, let context):
            ConfigurationProblem(
                path: path,
                line: context.mark.line,
                reason: "'\(duplicates.first ?? "")' stands there twice"
            )
        default: ConfigurationProblem(path: path, line: nil, reason: "this is not YAML")
        }
    }

    private static func unknown(_ name: String) -> String {
        if name == "dangerously-accept-any-certificate" {
            return "\(name) is a flag only: it is for once, and not for always"
        }
        let names = Setting.allCases.map(\.rawValue)
        let short = String(name.unicodeScalars.prefix(40))
        if let near = Nearest.word(to: short, among: names) {
            return "there is no setting '\(short)'; did you mean '\(near)'?"
        }
        return "there is no setting '\(short)'; there are \(names.joined(separator: ", "))"
    }
}

private enum ConfigurationValueProblem: Error, CustomStringConvertible {
    case nested

    var description: String { "takes a text, or a list of texts" }
}

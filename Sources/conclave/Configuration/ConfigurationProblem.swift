import ChatCore

/// What is wrong with the file of settings: one line, with the place.
struct ConfigurationProblem: Error, Equatable, CustomStringConvertible {
    let path: String
    /// From 1; nil: the file as a whole.
    let line: Int?
    let reason: String

    var description: String {
        "\(path)\(line.map { ", line \($0)" } ?? ""): \(CleanText(reason).string)"
    }
}

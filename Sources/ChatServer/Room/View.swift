internal import ChatCore

/// Which lines of a room a member wants to see, and how.
///
/// Shared by the member and its readers, on one event loop. A reader without one sees all, in the bytes that all see.
final class View {
    /// The member's own number.
    var own: UInt64
    private var isQuiet = false
    private var hidesOwn = false
    private(set) var showsTime = false
    private var ignored: Set<UInt64> = []
    private var ignoredNames: Set<UInt32> = []

    /// Whom one member may ignore, at most.
    static let mostIgnored = 1000

    init(of own: UInt64) {
        self.own = own
    }

    /// Nothing is hidden or added.
    var isPlain: Bool { !isQuiet && !hidesOwn && !showsTime && ignored.isEmpty && ignoredNames.isEmpty }

    func change(_ change: ViewChange) {
        switch change {
        case .quiet(let isOn): isQuiet = isOn
        case .echo(let isOn): hidesOwn = !isOn
        case .time(let isOn): showsTime = isOn
        }
    }

    /// By number, and by name if there is one, so that one who comes again under the same name is still ignored.
    /// - Returns: false if it ignores as many as it may already.
    func ignore(_ author: Author, _ isIgnored: Bool) -> Bool {
        let name = LineMark.name(of: author)
        guard !isIgnored || ignored.count < Self.mostIgnored else { return false }
        if isIgnored {
            ignored.insert(author.member.number)
            if name != 0 { ignoredNames.insert(name) }
        } else {
            ignored.remove(author.member.number)
            ignoredNames.remove(name)
        }
        return true
    }

    func ignores(_ author: Author) -> Bool {
        ignored.contains(author.member.number) || ignoredNames.contains(LineMark.name(of: author))
    }

    func shows(_ line: LineMark) -> Bool {
        switch line.kind {
        case .news: return !isQuiet
        case .other: return true
        case .speech:
            if line.author == own { return !hidesOwn }
            return !ignored.contains(line.author) && !ignoredNames.contains(line.name)
        }
    }
}

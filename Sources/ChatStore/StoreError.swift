/// Why a history cannot be opened, or not be worked on, in words for whoever runs the server.
public enum StoreError: Error, Sendable, Equatable {
    /// Another process has it open.
    case inUse(directory: String)
    /// A later version of this program has written it.
    case newer(file: String)
    /// What is in the file is not what was written.
    case corrupt(file: String, detail: String)
    /// Something else is in the way: rights, space, the disk.
    case unusable(path: String, reason: String)
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .inUse(let directory):
            "\(directory) is in use by another conclaved; stop it, or give --data another directory"
        case .newer(let file):
            "\(file) was written by a newer version of conclaved; run that version, or give --data another directory"
        case .corrupt(let file, let detail):
            "\(file) is damaged (\(detail)); see what 'conclaved check' says of it, and restore it from a backup"
        case .unusable(let path, let reason):
            "\(path): \(reason)"
        }
    }
}

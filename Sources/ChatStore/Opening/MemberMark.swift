internal import ChatCore
internal import Glibc

/// The greatest number that was given to a member while nothing could be written to the database: a small file of its own,
/// whose space is taken when it is made, so that it can be written when the disk is full.
///
/// It outlives the process. It is not waited for, so it may not outlive a loss of power.
final class MemberMark: Sendable {
    private let file: CInt

    /// How many digits there always are.
    private static let length = 20

    init(_ directory: String) throws(StoreError) {
        let path = directory + "/members"
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .system(path) }
        if text.count < Self.length, !write(MemberID(0)) { throw .system(path) }
    }

    deinit {
        close(file)
    }

    /// 0 if there was none.
    var member: MemberID { MemberID(UInt64(text) ?? 0) }

    /// - Returns: whether it could be written.
    @discardableResult
    func write(_ member: MemberID) -> Bool {
        let digits = Array("\(member.number)".utf8)
        let bytes = [UInt8](repeating: UInt8(ascii: "0"), count: Self.length - digits.count) + digits
        return pwrite(file, bytes, bytes.count, 0) == bytes.count
    }

    private var text: String {
        var bytes = [UInt8](repeating: 0, count: Self.length)
        let count = pread(file, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

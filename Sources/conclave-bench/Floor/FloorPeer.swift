/// A client of the floor.
final class FloorPeer {
    let link: Link
    let key: Int
    var splitter = LineSplitter()
    /// Its number and a colon, which stand before what it says; empty before the handshake.
    private(set) var prefix: [UInt8] = []
    var isGone = false

    init(_ link: Link, key: Int) {
        self.link = link
        self.key = key
    }

    var isMember: Bool { !prefix.isEmpty }

    func enter(as number: Int) {
        prefix = Array("\(number):".utf8)
    }
}

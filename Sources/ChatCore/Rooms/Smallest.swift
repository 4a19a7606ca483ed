/// Those few of many whose keys are smallest, seen one at a time: each costs one comparison, unless it is among them.
struct Smallest<Key: Comparable, Element> {
    private let limit: Int
    /// The largest key is at the root.
    private var heap: [(key: Key, element: Element)] = []
    /// How many have been seen.
    private(set) var count = 0

    init(_ limit: Int) {
        self.limit = limit
    }

    /// Those that were kept, the smallest key first.
    var sorted: [Element] { heap.sorted { $0.key < $1.key }.map(\.element) }

    mutating func add(_ element: Element, key: Key) {
        count += 1
        if heap.count < limit {
            heap.append((key, element))
            rise()
        } else if limit > 0, key < heap[0].key {
            heap[0] = (key, element)
            sink()
        }
    }

    private mutating func rise() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[parent].key < heap[child].key else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var largest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[largest].key < heap[child].key { largest = child }
            }
            guard largest != parent else { return }
            heap.swapAt(parent, largest)
            parent = largest
        }
    }
}

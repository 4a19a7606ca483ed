/// The smallest few of many, seen one at a time: each costs one comparison, unless it is among them.
struct Smallest<Element> {
    private let limit: Int
    private let comesBefore: (Element, Element) -> Bool
    private var heap: [Element] = []
    /// How many have been seen.
    private(set) var count = 0

    init(_ limit: Int, by comesBefore: @escaping (Element, Element) -> Bool) {
        self.limit = limit
        self.comesBefore = comesBefore
    }

    /// Those that were kept, the smallest first.
    var sorted: [Element] { heap.sorted(by: comesBefore) }

    mutating func add(_ element: Element) {
        count += 1
        if heap.count < limit {
            heap.append(element)
            rise()
        } else if limit > 0, comesBefore(element, heap[0]) {
            heap[0] = element
            sink()
        }
    }

    /// The largest is at the root.
    private mutating func rise() {
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard comesBefore(heap[parent], heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var largest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if comesBefore(heap[largest], heap[child]) { largest = child }
            }
            guard largest != parent else { return }
            heap.swapAt(parent, largest)
            parent = largest
        }
    }
}

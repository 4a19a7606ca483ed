/// A tree of words that share their beginnings.
///
/// The nodes stand level by level, so that the children of one are neighbours and in order: a node is its letter, where
/// its children begin, and whether a word ends there. That is nine bytes, and one binary search for each letter of a text.
struct WordTrie: Sendable {
    /// How many different words there are.
    let count: Int

    private var letters: [Folding.Value] = [0]
    /// Of node `i` from `children[i]` up to `children[i + 1]`.
    private var children: [Int32] = []
    private var endsWord: [Bool] = [false]

    /// - Parameter words: none of them empty.
    init(_ words: [[Folding.Value]]) {
        let sorted = Set(words).sorted { $0.lexicographicallyPrecedes($1) }
        count = sorted.count
        // The words below each node of a level: they share as many letters as the level is deep.
        var level = [sorted[...]]
        var depth = 0
        while !level.isEmpty {
            var next: [ArraySlice<[Folding.Value]>] = []
            for words in level {
                children.append(Int32(letters.count))
                // A word that ends here precedes those that go on.
                var rest = words.drop { $0.count == depth }
                while let letter = rest.first?[depth] {
                    let branch = rest.prefix { $0[depth] == letter }
                    letters.append(letter)
                    endsWord.append(branch.first?.count == depth + 1)
                    next.append(branch)
                    rest = rest.dropFirst(branch.count)
                }
            }
            level = next
            depth += 1
        }
        children.append(Int32(letters.count))
    }

    var isEmpty: Bool { count == 0 }

    /// The end of the longest word that begins at `start` and stands alone; nil if none does.
    func longestMatch(in text: FoldedText, from start: Int) -> Int? {
        guard text.isBoundary(start) else { return nil }
        var node = 0
        var end: Int?
        var place = start
        while place < text.count, let next = child(of: node, text[place]) {
            node = next
            place += 1
            if endsWord[node], text.isBoundary(place) { end = place }
        }
        return end
    }

    private func child(of node: Int, _ letter: Folding.Value) -> Int? {
        var low = Int(children[node])
        let end = Int(children[node + 1])
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if letters[middle] < letter { low = middle + 1 } else { high = middle }
        }
        return low < end && letters[low] == letter ? low : nil
    }
}

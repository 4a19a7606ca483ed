import Glibc

/// Randomness that can be had again: the same seed gives the same numbers, on every machine.
///
/// A property test takes its seeds as arguments, so that a failure names the one that found it:
///
///     @Test(arguments: SeededGenerator.seeds(50))
///     func `what goes in comes out`(seed: UInt64) {
///         var random = SeededGenerator(seed: seed)
///         ...
///     }
///
/// prints `Test case passing 1 argument seed → 17 ... failed`, and `CONCLAVE_SEED=17 swift test` begins with that seed.
/// Any other number in `CONCLAVE_SEED` makes all property tests look where they have not looked yet.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    /// `count` seeds in a row: from `CONCLAVE_SEED` if the environment has it, else from 1.
    public static func seeds(_ count: UInt64) -> [UInt64] {
        let first = getenv("CONCLAVE_SEED").flatMap { UInt64(String(cString: $0)) } ?? 1
        return (0..<count).map { first &+ $0 }
    }

    /// SplitMix64, by Sebastiano Vigna.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// `count` bytes of any value.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// True once in `chances`.
    public mutating func once(in chances: Int) -> Bool {
        Int.random(in: 0..<chances, using: &self) == 0
    }

    /// `items` cut into pieces at random places; some pieces are empty.
    public mutating func pieces<Element>(of items: [Element]) -> [[Element]] {
        var pieces: [[Element]] = []
        var rest = items[...]
        while !rest.isEmpty {
            let longest = once(in: 2) ? rest.count : min(rest.count, 3)
            let length = Int.random(in: 0...longest, using: &self)
            pieces.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return pieces
    }
}

/// Chance that comes again by its seed (SplitMix64).
public struct Chance {
    private var state: UInt64

    public init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

    public mutating func below(_ count: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(count))
    }

    /// So often in a thousand.
    public mutating func happens(_ perMille: Int) -> Bool { below(1_000) < perMille }

    public mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }
}

extension Array {
    /// Consecutive pieces of at most `count`, so that no statement or letter run grows with the
    /// whole.
    func slices(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map {
            Array(self[$0..<Swift.min($0 + count, self.count)])
        }
    }
}

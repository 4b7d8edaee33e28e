/// Many rows in a few words.
public enum RowRanges {
    /// 2〜4、7行目. Rows in their order.
    public static func word(_ rows: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for row in rows {
            if let last = runs.last, last.upperBound + 1 == row {
                runs[runs.count - 1] = last.lowerBound...row
            } else {
                runs.append(row...row)
            }
        }
        return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)〜\($0.upperBound)" }
            .joined(separator: "、") + "行目"
    }
}

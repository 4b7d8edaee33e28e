public import Enrollment

/// 行の一覧. What became of each row of an organization's file, in words for a table.
public struct LineWords {
    public static let headings = ["行番号", "区分", "受付番号", "理由"]

    private let messages: Messages

    /// `messages` speak of the file's columns by its own headings.
    public init(_ messages: Messages) { self.messages = messages }

    /// `receipts` are of those of whom the row speaks, or may.
    public func cells(_ line: GroupPlan.Line, receipts: [String]) -> [String] {
        [String(line.row), line.outcome.word, receipts.joined(separator: " "), reason(line)]
    }

    /// Of a row that must be corrected what is wrong with it, of one that is like another which, of
    /// one about somebody known by what they were known.
    private func reason(_ line: GroupPlan.Line) -> String {
        switch line.outcome {
        case .error:
            line.problems.filter { $0.severity == .stop }.map(messages.reason).joined()
        case .repeated: likeRow(line) ?? ""
        case .held: line.asked == nil ? likeRow(line) ?? "" : known(line)
        case .new, .changed, .unchanged, .joins: known(line)
        }
    }

    private func likeRow(_ line: GroupPlan.Line) -> String? { line.likeRow.map { "\($0)行目" } }

    private func known(_ line: GroupPlan.Line) -> String {
        line.reason.map { IdentityWords.reason($0.code) } ?? ""
    }
}

extension GroupPlan.Outcome {
    fileprivate var word: String {
        switch self {
        case .new: "新規"
        case .changed: "変更"
        case .unchanged: "変更なし"
        case .joins: "所属の追加"
        case .held: "確認待ち"
        case .repeated: "ファイルの中の重複"
        case .error: "エラー"
        }
    }
}

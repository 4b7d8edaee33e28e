internal import Enrollment
internal import Store

/// What is said of a row that waits, or has waited, for the office's word.
enum DoubtWords {
    /// To the organization.
    static func outcome(of doubt: DoubtRecord) -> String {
        if doubt.isUndone { return "名簿の送信が取り消されたため、確かめるのをやめました。" }
        return switch doubt.answer {
        case nil: "\(doubt.otherWord)と同じ方かどうか、事務局が確かめています。"
        case .same where doubt.otherRow == nil: "\(doubt.otherWord)と同じ方でした。"
        case .same: "\(doubt.otherWord)と同じ方でした。応募は\(doubt.otherWord)の1件です。"
        case .different: "\(doubt.otherWord)とは別の方として、応募を受け付けました。"
        }
    }
}

extension DoubtRecord {
    /// 2行目, or of somebody whom the file does not name: 前に送られた人.
    var otherWord: String { otherRow.map { "\($0)行目" } ?? "前に送られた人" }
}

import Enrollment
import Procedures
import Words

extension Refusal {
    /// What a command says: what is in the way, and what to do.
    var sentence: String {
        switch self {
        case .notFound: "there is nothing of that name: look at the number or code again"
        case .notYours: "it belongs to somebody else"
        case .yearNotOpen(let year):
            "fiscal year \(year.startYear) has no data: run `enroll load`, or "
                + "`enroll open-year \(year.startYear)`"
        case .conflict(let conflict): conflict.sentence
        case .noLayout: "there is no layout of the workbook: put it under Exports/ministry"
        case .tooEarly(let day): "it can be done from \(day) on"
        case .beforeRecords(let day): TallyWords.recordsBegin(day)
        case .tooMany(_, let seconds): "too many tries: wait \(seconds) seconds"
        case .wrong: "the code or password is wrong"
        }
    }
}

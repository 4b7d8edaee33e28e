internal import Enrollment
internal import Words

/// 様式の版. For which year and for whom the template was made that somebody filled in.
struct TemplateMark: Equatable, Sendable {
    let year: String
    let code: String
    let organization: String

    /// From the rows of its sheet; what was taken out there says nothing.
    init(_ rows: [[String]]) {
        func said(_ fact: TemplateFact) -> String {
            rows.first { $0.first == fact.word && $0.count > 1 }?[1] ?? ""
        }
        year = said(.year)
        code = said(.code)
        organization = said(.organization)
    }

    /// What is told where it is not this year's, or another organization's.
    func problems(from sender: OpenOrganization, in year: FiscalYear) -> [Problem] {
        var found: [Problem] = []
        if !self.year.isEmpty, self.year != year.word {
            found.append(Problem(.templateOfAnotherYear, nil, [.value: self.year]))
        }
        if !code.isEmpty, code != sender.code {
            found.append(
                Problem(
                    .templateOfAnotherOrganization, nil,
                    [.value: organization, .organization: sender.name]))
        }
        return found
    }
}

internal import Enrollment
internal import Postgres

extension Row {
    /// A term read from the columns that `appointment_terms` has for it.
    func term() throws -> Term {
        Term(
            from: try day("true_from"), endsOn: try day("ends_on"),
            because: EndReason(rawValue: try string("end_reason")))
    }

    /// The same where a row may be without a term.
    func optionalTerm() throws -> Term? { try optionalDay("true_from").map { _ in try term() } }
}

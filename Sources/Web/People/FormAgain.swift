internal import Enrollment
internal import HTML
internal import HTTP
internal import Procedures
internal import Store
internal import Words

extension Applications {
    /// もう一度、応募する: whoever was not approved, or has resigned, finds in the form what they had
    /// answered. Only for the browser that was let in to it by a mailed number.
    func formAgain(_ visitor: Visitor, _ rules: FiscalYearRules) async throws -> Response {
        guard let token = visitor[Visitor.sessionCookie],
            let id = try await office.applicant(of: token),
            let record = try await office.reading.application(id: id)
        else { return try visitor.seeOther(.status) }
        guard record.isOver(on: office.today) else { return try visitor.seeOther(.mine) }
        // Answers of another year may be used only as far as its own procedure says.
        guard record.year == rules.year else { return try visitor.seeOther(.eligibility) }
        let viewings = try await office.reading.viewings(of: id)
        let form = ApplicationForm(
            draft: ApplicationDraft(again: record, viewings, rules), rules: rules,
            told: Self.isOfEarlier, mark: .none)
        var visitor = visitor
        visitor.reader = .applicant(name: record.name)
        return try formPage(form, visitor, .ok)
    }

    private static let isOfEarlier = Part.note(
        "info", "前の応募の内容が入っています",
        "<p>直すところを直してから、送ってください。募集要項などへの同意は、もう一度お選びください。</p>")
}

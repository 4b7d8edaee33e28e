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

extension ApplicationDraft {
    /// What may be kept of an application that was not approved: the answers, as far as the lists
    /// of the year still have them. What somebody agrees to is asked anew.
    init(again record: ApplicationRecord, _ viewings: [ViewingRecord], _ rules: FiscalYearRules) {
        self.init()
        let answers: [(ApplicationField, String)] = [
            (.kind, record.kind.rawValue), (.category, record.category.rawValue),
            (.postalCode, PostalCodeWords.word(record.postalCode)),
            (.prefecture, record.prefecture),
            (.city, record.city),
            (.badgeOptIn, record.wantsBadge ? "yes" : "no"),
            // Lost, a no would become a renewal that somebody has refused.
            (.reuseOptIn, record.reuse == .notAsked ? "" : record.reuse.rawValue),
        ]
        for (field, text) in answers + record.texts.all { self[field] = text }
        keepLists(record, rules)
        keepTicks(record)
        for seen in viewings {
            let video = rules.videos.first { $0.slot == seen.slot }
            guard let video, seen.viewedOn >= video.viewValidFrom else { continue }
            self[.viewedOn(slot: seen.slot)] = seen.viewedOn.description
        }
    }

    private mutating func keepLists(_ record: ApplicationRecord, _ rules: FiscalYearRules) {
        let programme = rules.programmes.first {
            $0.category == record.category && $0.name == record.programmeName
        }
        let organization = rules.organizations.first {
            $0.id == record.organizationID && $0.category == .listedOrganization
        }
        self[.programme] = programme?.id ?? ""
        self[.organization] = organization?.code ?? ""
    }

    private mutating func keepTicks(_ record: ApplicationRecord) {
        if record.texts[.familyName].isEmpty || record.texts[.givenName].isEmpty {
            self[.singleName] = "yes"
        }
        if record.kana.isEmpty { self[.noKana] = "yes" }
    }
}

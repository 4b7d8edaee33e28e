public import Enrollment
internal import JSON
public import Store

extension Office {
    /// 団体の登録. Opens an organization for this fiscal year in the category that the office gives it;
    /// an organization that is there already gets the new terms.
    public func openOrganization(
        _ organization: NewOrganization, terms: OrganizationTerms, by actor: Actor
    ) async throws {
        try await write { writing in
            let known = try await writing.lockTerms(ofOrganization: organization.code, in: year)
            let detail = JSONValue.object([
                "before": known.map { Self.said(of: $0.terms, name: $0.name) } ?? .null,
                "after": Self.said(of: terms, name: organization.name),
            ])
            try await writing.keep(organization, terms, in: year)
            record(
                [
                    Event(
                        .openOrganization, on: "organization:\(organization.code)",
                        detail: detail)
                ], in: writing, at: moment(actor))
        }
        forgetRules()
    }

    static func said(of terms: OrganizationTerms, name: String) -> JSONValue {
        .object([
            "name": .string(name), "category": .string(terms.category.rawValue),
            "programme": terms.programmeID.map(JSONValue.string) ?? .null,
            "activity_note": .string(terms.activityNote),
            "opens_on": .string(terms.opensOn.description),
            "closes_on": terms.closesOn.map { .string($0.description) } ?? .null,
        ])
    }
}

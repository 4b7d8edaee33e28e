public import Enrollment
public import Store

extension Office {
    /// 団体の登録. Opens an organization for this fiscal year in the category that the office gives it;
    /// an organization that is there already gets the new terms.
    public func openOrganization(
        _ organization: NewOrganization, terms: OrganizationTerms, by actor: Actor
    ) async throws {
        try await write { writing in
            try await writing.keep(organization, terms, in: year)
            record(
                [Event(.openOrganization, on: "organization:\(organization.code)")], in: writing,
                at: moment(actor))
        }
        forgetRules()
    }
}

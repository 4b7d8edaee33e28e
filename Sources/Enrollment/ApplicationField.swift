/// The questions of the application, once: form names, headings of the group file, problems and
/// error files all hang from here.
public enum ApplicationField: Hashable, Sendable {
    case kind, category, programme, organization, workplaceName, unit, activityNote
    case familyName, givenName, familyNameKana, givenNameKana
    case postalCode, prefecture, city, street, building
    case email, phone
    case viewedOn(slot: Int)
    case badgeOptIn, consentTerms, consentPrivacy, consentShare, consentPublic
    case newsOptIn, reuseOptIn, memberNumber
    case noKana, singleName
    // Only in the file of a group (`isOnlyForGroups`):
    case rowNumber, fullName, fullNameKana, fullAddress, consent, employeeNumber, note
    case businessPlace

    /// The name of the question in forms and in the database.
    public var key: String {
        if case .viewedOn(let slot) = self { return "view_\(slot)_on" }
        return Self.keys.first { $0.0 == self }?.1 ?? ""
    }

    public init?(key: String) {
        if key.hasPrefix("view_"), key.hasSuffix("_on"),
            let slot = Int(key.dropFirst(5).dropLast(3)), (1...99).contains(slot)
        {
            self = .viewedOn(slot: slot)
        } else if let field = Self.keys.first(where: { $0.1 == key })?.0 {
            self = field
        } else {
            return nil
        }
    }

    /// Where the question stands in a form, so that problems are told in this order.
    public var position: Int {
        if case .viewedOn(let slot) = self { return 50 + slot }
        let index = Self.keys.firstIndex { $0.0 == self } ?? 0
        return index < Self.afterViewing ? index : 150 + index
    }

    /// Every question but the viewing dates, of which a fiscal year has as many as it needs.
    public static var plain: [ApplicationField] { keys.map(\.0) }

    /// Columns of a group's file that the form of a person has not; by the form they are not taken.
    public var isOnlyForGroups: Bool {
        switch self {
        case .rowNumber, .fullName, .fullNameKana, .fullAddress, .consent, .employeeNumber, .note,
            .businessPlace:
            true
        default: false
        }
    }

    private static let afterViewing = keys.firstIndex { $0.0 == .badgeOptIn } ?? 0

    private static let keys: [(ApplicationField, String)] = [
        (.kind, "applicant_kind"), (.category, "eligibility_category"),
        (.programme, "eligibility_program_id"), (.organization, "affiliation_org_id"),
        (.workplaceName, "workplace_name"), (.unit, "affiliation_unit"),
        (.activityNote, "activity_note"),
        (.familyName, "family_name"), (.givenName, "given_name"),
        (.familyNameKana, "family_name_kana"), (.givenNameKana, "given_name_kana"),
        (.postalCode, "postal_code"), (.prefecture, "prefecture"), (.city, "city"),
        (.street, "street"), (.building, "building"), (.email, "email"), (.phone, "phone"),
        (.badgeOptIn, "badge_opt_in"), (.consentTerms, "consent_terms"),
        (.consentPrivacy, "consent_privacy"), (.consentShare, "consent_share"),
        (.consentPublic, "consent_public"), (.newsOptIn, "news_opt_in"),
        (.reuseOptIn, "reuse_opt_in"), (.memberNumber, "member_no"), (.rowNumber, "row_no"),
        (.fullName, "full_name"), (.fullNameKana, "full_name_kana"),
        (.fullAddress, "address_full"), (.consent, "consent"), (.noKana, "no_reading"),
        (.singleName, "single_name"), (.employeeNumber, "employee_no"), (.note, "note"),
        (.businessPlace, "business_place"),
    ]
}

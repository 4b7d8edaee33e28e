/// 01 任命者名簿, one row per appointment; for the inside only.
public enum RosterColumn: String, SheetColumn {
    case appointmentNumber = "appointment_number"
    case memberNumber = "member_number"
    case fiscalYear = "fiscal_year"
    case fiscalYearEra = "fiscal_year_era"
    case kindCode = "kind_code"
    case kind
    case categoryCode = "category_code"
    case category
    case familyName = "family_name"
    case givenName = "given_name"
    case familyNameKana = "family_name_kana"
    case givenNameKana = "given_name_kana"
    case familyName0213 = "family_name_0213"
    case givenName0213 = "given_name_0213"
    case postalCode = "postal_code"
    case prefectureCode = "prefecture_code"
    case prefecture
    case municipalityCode = "municipality_code"
    case city, ward, street, building, email, phone
    case organizationCode = "organization_code"
    case organizationName = "organization_name"
    case corporateNumber = "corporate_number"
    case organizationGroup = "organization_group"
    case unitName = "affiliation_unit"
    case route
    case receipt
    case receivedOn = "received_on"
    case decidedOn = "decided_on"
    case decisionNumber = "decision_number"
    case validFrom = "valid_from"
    case validUntil = "valid_until"
    case stateCode = "state_code"
    case state
    case stateChangedOn = "state_changed_on"
    case standing
    case viewedOn = "view_{n}_on"
    case evidence = "view_{n}_evidence"
    case badgeWanted = "badge_wanted"
    case badgeIssuedOn = "badge_issued_on"
    case badgeURL = "badge_url"

    public static var sheet: SheetName { .roster }

    public var type: ColumnType {
        switch self {
        case .fiscalYear: .number
        case .receivedOn, .decidedOn, .validFrom, .validUntil, .stateChangedOn, .viewedOn,
            .badgeIssuedOn:
            .date
        default: .text
        }
    }
}
